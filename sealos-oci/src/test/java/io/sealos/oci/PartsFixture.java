package io.sealos.oci;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A context with one file, of which archives in parts are written. */
abstract class PartsFixture {
    static final PartSize SMALL = PartSize.ofBytes(10_000);
    static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000_000_000L);

    @TempDir
    Path directory;

    Path out;

    @BeforeEach
    void createContext() throws IOException {
        out = Files.createDirectories(directory.resolve("out"));
        context("Kubefile", "FROM scratch\nLABEL a=b\nCOPY opt opt\n");
        content(1, 40_000);
    }

    void context(String file, String text) throws IOException {
        Path path = directory.resolve("context").resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    void content(int seed, int size) throws IOException {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        Files.write(Files.createDirectories(directory.resolve("context/opt")).resolve("a"), bytes);
    }

    ClusterImage image() throws IOException {
        return builder().build();
    }

    ClusterImageBuilder builder() {
        return ClusterImage.builder()
                .context(directory.resolve("context"))
                .contentStore(directory.resolve("store"))
                .compression(LayerCompression.NONE)
                .tag("app:1");
    }

    Path archive() {
        return out.resolve("app.tar");
    }

    Path partsFile() {
        return out.resolve("app.tar.parts.json");
    }

    ArchiveParts parts(PartSize size) {
        return OciLayout.archive(archive()).inParts(size);
    }

    List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(out)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    byte[] joined() throws IOException {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (String name : files()) {
            if (name.matches("app[.]tar[.][0-9]+")) {
                joined.write(Files.readAllBytes(out.resolve(name)));
            }
        }
        return joined.toByteArray();
    }

    byte[] whole() throws IOException {
        Path whole = directory.resolve("whole.tar");
        image().writeTo(OciLayout.archive(whole));
        return Files.readAllBytes(whole);
    }

    static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
