package io.sealos.images.internal.charts;

import io.sealos.images.ChartValues;
import io.sealos.images.internal.install.InstalledChart.GivenValue;
import io.sealos.internal.files.TemporaryDirectory;
import io.sealos.internal.overlay.OverlayFileSystem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A temporary directory for the values files that scripts would write, and for those that are not on disk, because Helm
 * reads files. It is created with the first file, and deleted when it is closed.
 */
final class ValuesDirectory implements AutoCloseable {
    /** One byte more than the largest file of values, so the reader of the copy refuses a larger one. */
    private static final int MOST_COPIED = (16 << 20) + 1;

    private final Map<String, Path> files = new LinkedHashMap<>();
    private final Map<Path, Path> copies = new LinkedHashMap<>();
    private @Nullable TemporaryDirectory directory;

    /** {@return the argument of the option; the file that the script would write is written first} */
    String argument(GivenValue value) throws IOException {
        String text = value.text();
        Path inContext = value.file();
        if (text == null) {
            return inContext == null ? value.argument() : onDisk(inContext).toString();
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
        Path file = Files.writeString(directory().resolve("values-" + files.size() + ".yaml"), text);
        files.put(text, file);
        return file;
    }

    /** {@return a file that Helm can read: the file itself, or a copy with its name if it is not on disk} */
    Path onDisk(Path file) throws IOException {
        Optional<Path> found = OverlayFileSystem.onDisk(file);
        Path known = copies.get(file);
        return found.isPresent() ? found.get() : known == null ? copy(file) : known;
    }

    private Path copy(Path file) throws IOException {
        Path parent = Files.createDirectory(directory().resolve("copy-" + copies.size()));
        Path copy = parent.resolve(String.valueOf(file.getFileName()));
        try (InputStream in = Files.newInputStream(file)) {
            Files.write(copy, in.readNBytes(MOST_COPIED));
        }
        copies.put(file, copy);
        return copy;
    }

    private Path directory() throws IOException {
        if (directory == null) {
            directory = TemporaryDirectory.create("sealos-scan-");
        }
        return directory.path();
    }

    @Override
    public void close() {
        if (directory != null) {
            directory.close();
        }
    }
}
