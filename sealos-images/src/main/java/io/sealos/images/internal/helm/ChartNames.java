package io.sealos.images.internal.helm;

import io.sealos.images.ChartLimits;
import io.sealos.internal.chart.ChartFile;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Reads the name and version of a chart before it is rendered. If it has none, the rendering reports it. */
final class ChartNames {
    private static final ChartFile NONE = new ChartFile("", "");

    private ChartNames() {}

    static String of(Path chart) throws IOException {
        return file(chart).name();
    }

    static String version(Path chart) throws IOException {
        return file(chart).version();
    }

    private static ChartFile file(Path chart) throws IOException {
        if (!Files.isDirectory(chart)) {
            return inArchive(chart, ChartLimits.defaults().chartSize());
        }
        Path file = chart.resolve(ChartFile.NAME);
        return Files.isRegularFile(file) && Files.size(file) <= ChartFile.LARGEST
                ? ChartFile.parse(Files.readAllBytes(file))
                : NONE;
    }

    private static ChartFile inArchive(Path archive, long maxBytes) throws InterruptedIOException {
        try (TarArchiveInputStream tar = ChartArchive.open(archive, new CopyBudget(maxBytes))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.getName().matches("(\\./)?[^/]+/Chart\\.yaml")) {
                    return ChartFile.parse(tar.readNBytes(ChartFile.LARGEST));
                }
            }
            return NONE;
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            // The rendering of the chart reports the broken archive.
            return NONE;
        }
    }
}
