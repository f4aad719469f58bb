package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sealos.kubefile.Kubefile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contexts that change between builds, and while an image is built. */
class ChangingContextTests {
    @TempDir
    Path directory;

    private ChangingContext files;

    @BeforeEach
    void makeContext() throws Exception {
        files = ChangingContext.in(directory);
    }

    @Test
    void writeToWhenContextChangedSinceTheImageWasMadeSeesIt() throws IOException {
        ClusterImage image = files.builder().build();
        image.writeTo(OciLayout.directory(files.layout()));
        files.write("charts/a/values.yaml", "a: 2\n");
        files.write("charts/c/values.yaml", "c: 1\n");
        Files.delete(files.resolve("registry/blob"));
        files.write("registry/other", "1");

        BuildResult second = image.writeTo(OciLayout.directory(files.layout()));

        assertThat(second.digest()).isEqualTo(files.fresh().digest());
    }

    /** Files change again and again, some of them in the moment in which they are looked at. */
    @Test
    void writeToWhenContextChangesAtAnyMomentWritesWhatAFreshBuildDoes() throws Exception {
        Random random = new Random(11);
        ClusterImage image = files.builder().build();
        for (int round = 0; round < 50; round++) {
            for (int change = random.nextInt(3); change > 0; change--) {
                change(files.resolve("charts/" + random.nextInt(3) + "/file-" + random.nextInt(3)), random);
            }
            if (random.nextInt(5) == 0) {
                ChangingContext.rest();
            }
            image = random.nextInt(3) == 0 ? files.builder().build() : image;
            BuildResult done = image.writeTo(OciLayout.directory(files.layout()));
            assertThat(done.digest())
                    .as("round %s", round)
                    .isEqualTo(files.fresh().digest());
        }
        OciLayoutVerifier.verify(files.layout()).orThrow();
    }

    /** The link leads elsewhere while layers are made, and back again afterwards. */
    @Test
    void writeToWhenContextIsALinkThatMovesStaysWhereItWas() throws Exception {
        Path other = Files.createDirectories(directory.resolve("other/charts"))
                .resolve("..")
                .normalize();
        Files.writeString(other.resolve("charts/x"), "2");
        Path own = Files.createDirectories(directory.resolve("own/charts"))
                .resolve("..")
                .normalize();
        Files.writeString(own.resolve("charts/x"), "1");
        Path link = Files.createSymbolicLink(directory.resolve("link"), own);
        ChangingContext.rest();
        Kubefile kubefile = Kubefile.parse("FROM scratch\nCOPY charts charts\n");
        String expected = ChangingContext.build(
                        files.builder().context(own).kubefile(kubefile).reuseLayers(false), directory.resolve("l1"))
                .digest()
                .toString();
        ClusterImage image = files.builder()
                .context(link)
                .kubefile(kubefile)
                .executor(work -> {
                    move(link, other);
                    work.run();
                    move(link, own);
                })
                .build();

        assertThat(image.writeTo(OciLayout.directory(files.layout())).digest()).hasToString(expected);
        assertThat(files.build(files.builder().context(link).kubefile(kubefile)).digest())
                .hasToString(expected);
    }

    private static void move(Path link, Path target) {
        try {
            Files.delete(link);
            Files.createSymbolicLink(link, target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void buildWhenContextIsALinkFindsTheSame() throws IOException {
        files.write("charts/a/inner", "1");
        Files.createSymbolicLink(files.resolve("charts/a/link"), Path.of("inner"));
        Files.createSymbolicLink(files.resolve("charts/a/out"), Path.of("../../../elsewhere"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), files.resolve(""));

        List<String> found = findings(files.builder().context(link));

        assertThat(found).isEqualTo(findings(files.builder())).anyMatch(finding -> finding.startsWith("charts/a/out:"));
        assertThat(found).noneMatch(finding -> finding.startsWith("charts/a/link:"));
    }

    private static List<String> findings(ClusterImageBuilder builder) throws IOException {
        return builder.build().plan().findings().stream().map(Object::toString).toList();
    }

    @Test
    void writeToWhenRecordsAreUsedDoesNotForgetThem() throws IOException {
        files.build();
        Path records = directory.resolve("store/layers");
        FileTime old = FileTime.from(Instant.now().minus(Duration.ofDays(80)));
        try (Stream<Path> all = Files.list(records)) {
            for (Path record : (Iterable<Path>) all::iterator) {
                Files.setLastModifiedTime(record, old);
            }
        }

        files.build();

        try (Stream<Path> all = Files.list(records)) {
            assertThat(all.filter(record -> isNewer(record, old))).hasSize(3);
        }
    }

    private static boolean isNewer(Path file, FileTime time) {
        try {
            return Files.getLastModifiedTime(file).compareTo(time) > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Uses files that are long enough to be compressed in chunks, most of which an earlier build has written. */
    @Test
    void writeToWhenLongTextsChangeWritesWhatAFreshBuildDoes() throws Exception {
        Random random = new Random(13);
        for (int file = 0; file < 40; file++) {
            files.write("charts/text-" + file, text(random));
        }
        files.build();
        for (int round = 0; round < 10; round++) {
            Path file = files.resolve("charts/text-" + random.nextInt(50));
            if (random.nextInt(4) == 0) {
                Files.deleteIfExists(file);
            } else {
                Files.writeString(file, text(random));
            }
            assertThat(files.build().digest())
                    .as("round %s", round)
                    .isEqualTo(files.fresh().digest());
        }
    }

    /** The record is made to mix up two chunks, which shows whether it is asked. */
    @Test
    void writeToWhenALayerIsMadeAgainTakesItsChunksFromTheLayout() throws Exception {
        List<String> lines = chunkRecord();
        String[] first = lines.get(2).split(" ", 2);
        String[] second = lines.get(3).split(" ", 2);
        lines.set(2, second[0] + " " + first[1]);
        lines.set(3, first[0] + " " + second[1]);
        Files.write(record(), lines);
        files.write("charts/text-39", "changed");

        BuildResult mixedUp = files.builder().build().writeTo(OciLayout.directory(files.layout()));

        assertThat(mixedUp.digest()).isNotEqualTo(files.fresh().digest());
    }

    @Test
    void writeToWhenTheRecordOfChunksIsDamagedWritesWhatAFreshBuildDoes() throws Exception {
        List<String> lines = chunkRecord();
        for (String damage : List.of("", "x", "a b -1", "a b 2147483647", "\uFFFD", lines.get(2) + " 1")) {
            List<String> damaged = new ArrayList<>(lines);
            damaged.set(2, damage);
            Files.write(record(), damaged);
            files.write("charts/text-39", "changed " + damage);

            assertThat(files.build().digest())
                    .as("with '%s'", damage)
                    .isEqualTo(files.fresh().digest());
        }
    }

    /** Builds a layer of several chunks; what is recorded of them. */
    private List<String> chunkRecord() throws IOException {
        Random random = new Random(17);
        for (int file = 0; file < 40; file++) {
            files.write("charts/text-" + file, text(random));
        }
        files.build();
        List<String> lines = Files.readAllLines(record());
        assertThat(lines).hasSizeGreaterThan(7);
        return lines;
    }

    /** The longest of the records, as it names all chunks of a long layer. */
    private Path record() throws IOException {
        try (Stream<Path> all = Files.list(directory.resolve("store/layers"))) {
            return all.filter(record -> !String.valueOf(record.getFileName()).startsWith("files-"))
                    .max(Comparator.comparingLong(record -> record.toFile().length()))
                    .orElseThrow();
        }
    }

    /** Neither a rule nor a layer reads what it has read before; the kernel counts the bytes. */
    @Test
    void writeToWhenNothingChangedReadsNoFile() throws Exception {
        Path counters = Path.of("/proc/self/io");
        assumeThat(counters).exists();
        for (int file = 0; file < 200; file++) {
            files.write("charts/text-" + file, "a = b\n".repeat(10_000));
        }
        ChangingContext.rest();
        long first = bytesRead(counters, () -> files.builder().build().writeTo(OciLayout.directory(files.layout())));

        long second = bytesRead(counters, () -> files.builder().build().writeTo(OciLayout.directory(files.layout())));

        assertThat(first).isGreaterThan(2 * 12_000_000L);
        assertThat(second).isLessThan(2_000_000L);
    }

    private static long bytesRead(Path counters, Callable<BuildResult> build) throws Exception {
        long before = bytesRead(counters);
        build.call();
        return bytesRead(counters) - before;
    }

    private static long bytesRead(Path counters) throws IOException {
        return Files.readAllLines(counters).stream()
                .filter(line -> line.startsWith("rchar: "))
                .mapToLong(line -> Long.parseLong(line.substring("rchar: ".length())))
                .sum();
    }

    private static String text(Random random) {
        StringBuilder lines = new StringBuilder();
        for (int line = 2000 + random.nextInt(2000); line > 0; line--) {
            lines.append("option-").append(random.nextInt(2000)).append(" = value\n");
        }
        return lines.toString();
    }

    private static void change(Path file, Random random) throws IOException {
        Files.createDirectories(file.getParent());
        switch (random.nextInt(4)) {
            case 0 -> Files.deleteIfExists(file);
            case 1 ->
                Files.move(
                        Files.writeString(file.resolveSibling("moved"), "m"),
                        file,
                        StandardCopyOption.REPLACE_EXISTING);
            default -> Files.writeString(file, Integer.toString(random.nextInt(10)));
        }
    }

    @Test
    void buildWhenOnlyThePlanIsWantedWritesNothing() throws IOException {
        files.builder().build().plan();

        assertThat(directory.resolve("store")).doesNotExist();
    }

    @Test
    void buildWhenFileGetsASecretAfterABuildFindsIt() throws IOException {
        files.build();
        files.write("charts/a/values.yaml", "token: ghp_" + "0123456789abcdefghijklmnopqrstuvwxyz\n");

        assertThat(files.builder().build().plan().findings())
                .map(Object::toString)
                .anyMatch(finding ->
                        finding.startsWith("charts/a/values.yaml:1:") && finding.contains("an access token"));
    }
}
