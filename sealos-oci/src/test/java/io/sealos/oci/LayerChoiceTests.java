package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sealos.images.Digest;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.commons.compress.archivers.tar.TarFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerChoiceTests {
    private static final String TAR = "application/vnd.oci.image.layer.v1.tar";

    @TempDir
    Path directory;

    private Path context;

    @BeforeEach
    void makeContext() throws IOException {
        context = Files.createDirectory(directory.resolve("context"));
        write("Kubefile", "FROM scratch\nCOPY charts charts\nWORKDIR /opt\nCOPY bin bin/\n");
        write("charts/a.txt", "a".repeat(100_000));
        write("bin", "b".repeat(10_000));
        Files.setPosixFilePermissions(context.resolve("bin"), PosixFilePermissions.fromString("rwx-----x"));
        Files.setPosixFilePermissions(context.resolve("charts"), PosixFilePermissions.fromString("rwx------"));
        Files.setPosixFilePermissions(context.resolve("charts/a.txt"), PosixFilePermissions.fromString("rw--w----"));
    }

    private void write(String path, String content) throws IOException {
        Files.createDirectories(context.resolve(path).getParent());
        Files.writeString(context.resolve(path), content);
    }

    private ClusterImageBuilder builder() {
        return ClusterImage.builder().context(context).saveImages(false);
    }

    private BuildResult build(ClusterImageBuilder builder, String layout) throws IOException {
        BuildResult done = builder.build().writeTo(OciLayout.directory(directory.resolve(layout)));
        OciLayoutVerifier.verify(directory.resolve(layout)).orThrow();
        return done;
    }

    @Test
    void compressionWhenChosenForAllChangesMediaTypesButNoDiffId() throws IOException {
        Set<List<Digest>> diffIds = new TreeSet<>((a, b) -> a.toString().compareTo(b.toString()));
        for (LayerCompression compression : LayerCompression.values()) {
            BuildResult done = build(builder().compression(compression), compression.name());
            String wanted = switch (compression) {
                case NONE -> TAR;
                case BY_CONTENT, GZIP -> TAR + "+gzip";
                case ZSTD -> TAR + "+zstd";
            };
            assertThat(done.layers()).hasSize(3).element(0).returns(wanted, BuildLayer::mediaType);
            diffIds.add(done.layers().stream().map(BuildLayer::diffId).toList());
        }
        assertThat(diffIds).hasSize(1);
    }

    @Test
    void compressionWhenZstdGivesTheSameBytesAgain() throws IOException {
        BuildResult first = build(builder().compression(LayerCompression.ZSTD), "first");
        BuildResult second = build(builder().compression(LayerCompression.ZSTD), "second");

        assertThat(second.digest()).isEqualTo(first.digest());
        assertThat(first.layers().get(0).size()).isLessThan(1000);
    }

    @Test
    void compressionWhenChosenForADestinationAppliesThere() throws IOException {
        BuildResult done = build(
                builder()
                        .compression("charts/", LayerCompression.NONE)
                        .compression("/opt/bin", LayerCompression.ZSTD)
                        .compression(LayerCompression.GZIP),
                "out");

        assertThat(done.layers()).map(BuildLayer::mediaType).containsExactly(TAR, TAR + "+gzip", TAR + "+zstd");
    }

    @Test
    void compressionWhenNothingGoesThereIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        builder().compression("chart", LayerCompression.NONE).build())
                .withMessage("compression(\"/chart\", NONE) fits no layer: nothing is copied to /chart; destinations of"
                        + " this build are /charts, /opt/bin");
    }

    @Test
    void compressionWhenTargetIsDockerArchiveLeavesLayersPlain() throws IOException {
        Path file = directory.resolve("out.tar");
        BuildResult done = builder().compression(LayerCompression.ZSTD).build().writeTo(DockerArchive.file(file));

        assertThat(done.layers())
                .allSatisfy(layer -> assertThat(layer.mediaType()).isEqualTo(TAR));
        try (TarFile tar = new TarFile(file)) {
            assertThat(tar.getEntries())
                    .map(entry -> entry.getName())
                    .contains(done.layers().get(0).diffId().hex() + ".tar");
        }
    }

    @Test
    void fileModesWhenNormalizedDependOnlyOnWhoMayExecute() throws IOException {
        BuildResult done =
                build(builder().fileModes(FileModes.NORMALIZED).compression(LayerCompression.NONE), "normalized");

        assertThat(modes(done, 0)).containsExactly("charts/ 755", "charts/a.txt 644");
        assertThat(modes(done, 2)).containsExactly("opt/bin/ 755", "opt/bin/bin 755");
        BuildResult found = build(builder().compression(LayerCompression.NONE), "normalized");
        assertThat(modes(found, 0)).containsExactly("charts/ 755", "charts/a.txt 620");
    }

    private List<String> modes(BuildResult done, int layer) throws IOException {
        Path blob = directory
                .resolve("normalized/blobs/sha256")
                .resolve(done.layers().get(layer).digest().hex());
        try (TarFile tar = new TarFile(blob)) {
            return tar.getEntries().stream()
                    .map(entry -> entry.getName() + " " + Integer.toOctalString(entry.getMode() & 07777))
                    .toList();
        }
    }

    @Test
    void executorWhenGivenMakesTheLayersAndStaysOpen() throws IOException {
        Set<String> threads = new ConcurrentSkipListSet<>();
        build(
                builder().executor(task -> {
                    threads.add("asked");
                    task.run();
                }),
                "out");

        assertThat(threads).containsExactly("asked");
    }

    @Test
    void executorWhenItsOnlyThreadBuildsDoesNotWaitForItself() throws Exception {
        ExecutorService one = Executors.newSingleThreadExecutor();
        try {
            Future<BuildResult> done = one.submit(() -> build(builder().executor(one), "out"));
            assertThat(done.get(1, TimeUnit.MINUTES).layers()).hasSize(3);
            assertThat(one.isShutdown()).isFalse();
        } finally {
            one.shutdownNow();
        }
    }

    @Test
    void writeToWhenInterruptedStopsAndLeavesNothing() throws IOException {
        AtomicBoolean writing = new AtomicBoolean();
        ClusterImage image = builder()
                .executor(task -> {
                    if (writing.get()) {
                        Thread.currentThread().interrupt();
                    }
                })
                .build();
        writing.set(true);
        try {
            assertThatExceptionOfType(InterruptedIOException.class)
                    .isThrownBy(() -> image.writeTo(OciLayout.directory(directory.resolve("out"))));
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(directory).isDirectoryNotContaining("glob:**out*");
    }

    @Test
    void writeToWhenItEndsLeavesNoThread() throws IOException {
        build(builder(), "out");

        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("sealos-layer");
    }
}
