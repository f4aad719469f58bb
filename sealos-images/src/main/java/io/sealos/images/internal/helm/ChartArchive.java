package io.sealos.images.internal.helm;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Unpacks {@code .tgz} charts: regular files only, below the target only, within the budget only. */
final class ChartArchive {
    private ChartArchive() {}

    /** Leaves out the first part of each name, the chart's folder. */
    static void unpack(Path archive, Path target, CopyBudget budget) throws IOException, ChartFormatException {
        try (InputStream file = new BufferedInputStream(Files.newInputStream(archive));
                TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(file))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                budget.countEntry();
                Path path = place(target, entry.getName());
                if (entry.isFile() && !path.equals(target)) {
                    budget.copy(tar, path);
                }
            }
        }
    }

    private static Path place(Path target, String name) throws ChartFormatException {
        String slashes = name.replace('\\', '/');
        Path path = target.resolve("./" + slashes.substring(slashes.indexOf('/') + 1))
                .normalize();
        boolean climbs = slashes.startsWith("/") || ("/" + slashes + "/").contains("/../");
        if (climbs || slashes.matches("[A-Za-z]:.*") || !path.startsWith(target)) {
            throw new ChartFormatException("the archive has an entry outside its folder: '" + name + "'");
        }
        return path;
    }
}
