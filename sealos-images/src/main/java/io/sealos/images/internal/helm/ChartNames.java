package io.sealos.images.internal.helm;

import io.sealos.images.ChartLimits;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Reads the name and version of a chart before it is rendered. If it has none, the rendering reports it. */
final class ChartNames {
    private static final int LARGEST = 1024 * 1024;
    private static final Pattern NAME = Pattern.compile("(?m)^name:[ \t]{0,100}[\"']?([A-Za-z0-9._-]{1,300})");

    private static final Pattern VERSION = Pattern.compile("(?m)^version:[ \t]{0,100}[\"']?([A-Za-z0-9.+_-]{1,300})");

    private ChartNames() {}

    static String of(Path chart) throws IOException {
        return field(chart, NAME);
    }

    static String version(Path chart) throws IOException {
        return field(chart, VERSION);
    }

    private static String field(Path chart, Pattern field) throws IOException {
        Path file = chart.resolve("Chart.yaml");
        if (!Files.isDirectory(chart)) {
            return inArchive(chart, ChartLimits.defaults().chartSize(), field);
        }
        return Files.isRegularFile(file) && Files.size(file) <= LARGEST ? field(Files.readAllBytes(file), field) : "";
    }

    private static String inArchive(Path archive, long maxBytes, Pattern field) throws InterruptedIOException {
        try (TarArchiveInputStream tar = ChartArchive.open(archive, new CopyBudget(maxBytes))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.getName().matches("(\\./)?[^/]+/Chart\\.yaml")) {
                    return field(tar.readNBytes(LARGEST), field);
                }
            }
            return "";
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            // The rendering of the chart reports the broken archive.
            return "";
        }
    }

    private static String field(byte[] chartYaml, Pattern field) {
        Matcher name = field.matcher(new String(chartYaml, StandardCharsets.UTF_8));
        return name.find() ? name.group(1) : "";
    }
}
