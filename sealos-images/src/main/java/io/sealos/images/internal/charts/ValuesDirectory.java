package io.sealos.images.internal.charts;

import io.sealos.images.ChartValues;
import io.sealos.images.internal.install.InstalledChart.GivenValue;
import io.sealos.internal.files.TemporaryDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A temporary directory for the values files that scripts would write. It is created with the first file, and deleted
 * when it is closed.
 */
final class ValuesDirectory implements AutoCloseable {
    private final Map<String, Path> files = new LinkedHashMap<>();
    private @Nullable TemporaryDirectory directory;

    /** {@return the argument of the option; the file that the script would write is written first} */
    String argument(GivenValue value) throws IOException {
        String text = value.text();
        if (text == null) {
            return value.argument();
        }
        String file = file(text).toString();
        return value.option() == ChartValues.Option.VALUES
                ? file
                : value.argument() + "=" + file.replace("\\", "\\\\").replace(",", "\\,");
    }

    private Path file(String text) throws IOException {
        Path known = files.get(text);
        if (known != null) {
            return known;
        }
        if (directory == null) {
            directory = TemporaryDirectory.create("sealos-scan-");
        }
        Path file = Files.writeString(directory.path().resolve("values-" + files.size() + ".yaml"), text);
        files.put(text, file);
        return file;
    }

    @Override
    public void close() {
        if (directory != null) {
            directory.close();
        }
    }
}
