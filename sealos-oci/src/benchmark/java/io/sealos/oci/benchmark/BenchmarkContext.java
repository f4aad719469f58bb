package io.sealos.oci.benchmark;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** A context as cluster images have it: 1 GiB of blobs in 200 files, 20 MiB of text in 2,500, a binary of 100 MiB. */
final class BenchmarkContext {
    private static final int MEBIBYTE = 1 << 20;
    private static final int BLOBS = 200;
    private static final int BLOB_BYTES = (1 << 30) / BLOBS;
    private static final int TEXTS = 2500;
    private static final int TEXT_BYTES = 20 * MEBIBYTE / TEXTS;
    private static final int BINARY_BYTES = 100 * MEBIBYTE;

    private final Path directory;
    private final int scale;
    private final Random random = new Random(1);

    /** Of that many times the size. */
    BenchmarkContext(Path directory, int scale) {
        this.directory = directory;
        this.scale = scale;
    }

    void make() throws IOException {
        for (int i = 0; i < BLOBS * scale; i++) {
            String hex = String.format("%064x", i + 1L);
            noise("registry/docker/registry/v2/blobs/sha256/" + hex.substring(62) + "/" + hex + "/data", BLOB_BYTES);
        }
        for (int i = 0; i < TEXTS * scale; i++) {
            text("charts/chart-" + i / 50 + "/files/file-" + i + ".conf");
        }
        for (int i = 0; i < scale; i++) {
            noise("opt/binary-" + i, BINARY_BYTES);
        }
        Files.writeString(
                directory.resolve("Kubefile"),
                "FROM scratch\nCOPY registry registry\nCOPY charts charts\nCOPY opt opt\nCMD [\"true\"]\n");
    }

    private void noise(String path, int size) throws IOException {
        byte[] part = new byte[1 << 16];
        try (OutputStream out = Files.newOutputStream(file(path))) {
            for (int left = size; left > 0; left -= part.length) {
                random.nextBytes(part);
                out.write(part, 0, Math.min(left, part.length));
            }
        }
    }

    private void text(String path) throws IOException {
        StringBuilder lines = new StringBuilder();
        while (lines.length() < TEXT_BYTES) {
            lines.append("  option-").append(random.nextInt(2000)).append(" = value ").append(random.nextInt(500));
            lines.append(random.nextInt(4) == 0 ? "\n[section]\n" : "\n");
        }
        lines.setLength(TEXT_BYTES);
        Files.write(file(path), lines.toString().getBytes(StandardCharsets.UTF_8));
    }

    private Path file(String path) throws IOException {
        Path file = directory.resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        return file;
    }
}
