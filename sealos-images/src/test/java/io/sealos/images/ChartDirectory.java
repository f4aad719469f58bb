package io.sealos.images;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Writes charts for tests. */
record ChartDirectory(Path directory) {
    static ChartDirectory named(Path parent, String name) throws IOException {
        return new ChartDirectory(parent.resolve(name))
                .with("Chart.yaml", "apiVersion: v2\nname: " + name + "\nversion: 0.1.0\n");
    }

    ChartDirectory with(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return this;
    }

    /** A container's image, as a template. */
    static String pod(String image) {
        return pod(image, "");
    }

    static String pod(String image, String metadata) {
        return "apiVersion: v1\nkind: Pod\nmetadata:\n  name: x\n  " + metadata
                + "\nspec:\n  containers:\n    - image: " + image + "\n";
    }

    static void archive(Path file, Map<String, byte[]> entries) throws IOException {
        archive(file, tar -> entries.forEach((name, bytes) -> put(tar, new TarArchiveEntry(name, true), bytes)));
    }

    static void archive(Path file, Consumer<TarArchiveOutputStream> writer) throws IOException {
        Files.createDirectories(file.getParent());
        try (OutputStream out = Files.newOutputStream(file);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(out))) {
            writer.accept(tar);
        }
    }

    static void put(TarArchiveOutputStream tar, TarArchiveEntry entry, byte[] bytes) {
        try {
            entry.setSize(bytes.length);
            tar.putArchiveEntry(entry);
            tar.write(bytes);
            tar.closeArchiveEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static void assumeEngine() {
        boolean linux = System.getProperty("os.name", "").equals("Linux");
        assumeTrue(linux && System.getProperty("os.arch", "").equals("amd64"), "the Helm engine is for linux-amd64");
    }
}
