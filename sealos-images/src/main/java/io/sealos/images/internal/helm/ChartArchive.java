package io.sealos.images.internal.helm;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Unpacks {@code .tgz} charts. Only regular files are unpacked, only below the target, and only within the budget. */
final class ChartArchive {
    private ChartArchive() {}

    static TarArchiveInputStream open(Path archive, CopyBudget budget) throws IOException {
        InputStream file = new BufferedInputStream(Files.newInputStream(archive));
        try {
            return new TarArchiveInputStream(budget.counting(new GZIPInputStream(file)));
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** Unpacks an archive without the first element of each name, which is the directory of the chart. */
    static void unpack(Path archive, Path target, CopyBudget budget) throws IOException {
        try (TarArchiveInputStream tar = open(archive, budget)) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                budget.countEntry();
                Path path = place(target, entry.getName());
                if (entry.isFile() && !path.equals(target) && !entry.isSymbolicLink() && !entry.isLink()) {
                    budget.copy(tar, path);
                }
            }
        }
        // The ignore rules were applied when the archive was packed. Helm would apply them again to a directory.
        Files.deleteIfExists(target.resolve(HelmIgnore.FILE));
    }

    private static Path place(Path target, String name) throws ChartFormatException {
        String slashes = name.replace('\\', '/');
        boolean climbs = slashes.startsWith("/") || ("/" + slashes + "/").contains("/../");
        if (climbs || slashes.matches("(?s)[A-Za-z]:.*")) {
            throw new ChartFormatException("the archive has an entry outside its directory: '" + name + "'");
        }
        try {
            return target.resolve("./" + slashes.substring(slashes.indexOf('/') + 1))
                    .normalize();
        } catch (InvalidPathException e) {
            throw new ChartFormatException("the archive has an entry with a bad name: " + e.getReason());
        }
    }
}
