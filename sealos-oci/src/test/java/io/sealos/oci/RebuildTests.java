package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sealos.images.Digest;
import io.sealos.kubefile.Kubefile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RebuildTests {
    @TempDir
    Path folder;

    private Path context;
    private Path layout;

    @BeforeEach
    void makeContext() throws Exception {
        assumeThat(folder.getFileSystem().supportedFileAttributeViews()).contains("unix");
        context = Files.createDirectory(folder.resolve("context"));
        layout = folder.resolve("layout");
        write("Kubefile", "FROM scratch\nCOPY registry registry\nCOPY charts charts\n");
        write("registry/blob", "0123456789");
        write("charts/a/values.yaml", "a: 1\n");
        write("charts/b/values.yaml", "b: 1\n");
        rest();
    }

    /** Files that have just been changed are never taken as unchanged. */
    private static void rest() throws InterruptedException {
        Thread.sleep(150);
    }

    private void write(String path, String content) throws IOException {
        Files.createDirectories(context.resolve(path).getParent());
        Files.writeString(context.resolve(path), content);
    }

    private ClusterImageBuilder builder() {
        return ClusterImage.builder()
                .context(context)
                .contentStore(folder.resolve("store"))
                .saveImages(false);
    }

    private BuildResult build() throws IOException {
        return build(builder(), layout);
    }

    private static BuildResult build(ClusterImageBuilder builder, Path layout) throws IOException {
        BuildResult done = builder.build().writeTo(OciLayout.directory(layout));
        OciLayoutVerifier.verify(layout).orThrow();
        return done;
    }

    private Path blob(BuildResult done, int layer) {
        return layout.resolve("blobs/sha256").resolve(digest(done, layer).hex());
    }

    private static Digest digest(BuildResult done, int layer) {
        return done.layers().get(layer).digest();
    }

    private List<Object> inodes(BuildResult done) throws IOException {
        List<Object> inodes = new ArrayList<>();
        for (int i = 0; i < done.layers().size(); i++) {
            inodes.add(Files.getAttribute(blob(done, i), "unix:ino"));
        }
        return inodes;
    }

    @Test
    void writeToWhenNothingChangedKeepsTheBlobs() throws IOException {
        BuildResult first = build();
        List<Object> inodes = inodes(first);

        BuildResult second = build();

        assertThat(second.digest()).isEqualTo(first.digest());
        assertThat(second.layers()).map(BuildLayer::toString).isEqualTo(texts(first));
        assertThat(second.layers()).map(BuildLayer::uncompressedSize).doesNotContain(0L);
        assertThat(inodes(second)).isEqualTo(inodes);
    }

    private static List<String> texts(BuildResult done) {
        return done.layers().stream().map(BuildLayer::toString).toList();
    }

    @Test
    void writeToWhenOneFileChangedMakesItsLayerOnly() throws IOException {
        BuildResult first = build();
        List<Object> inodes = inodes(first);
        write("charts/a/values.yaml", "a: 2\n");

        BuildResult second = build();

        assertThat(digest(second, 1)).isNotEqualTo(digest(first, 1));
        assertThat(inodes(second).get(0)).isEqualTo(inodes.get(0));
    }

    @Test
    void writeToWhenOnlyTheTextChangedAndItsTimeWasSetBackSeesIt() throws Exception {
        Path file = context.resolve("registry/blob");
        FileTime modified = Files.getLastModifiedTime(file);
        BuildResult first = build();
        Files.writeString(file, "9876543210");
        Files.setLastModifiedTime(file, modified);
        rest();

        assertThat(digest(build(), 0)).isNotEqualTo(digest(first, 0));
    }

    @Test
    void writeToWhenFilesComeAndGoAndChangeModesSeesIt() throws Exception {
        List<Digest> seen = new ArrayList<>(List.of(digest(build(), 1)));
        Files.setPosixFilePermissions(
                context.resolve("charts/a/values.yaml"), PosixFilePermissions.fromString("rwx------"));
        rest();
        seen.add(digest(build(), 1));
        Files.move(context.resolve("charts/b/values.yaml"), context.resolve("charts/b/other.yaml"));
        rest();
        seen.add(digest(build(), 1));
        Files.delete(context.resolve("charts/b/other.yaml"));
        seen.add(digest(build(), 1));
        write(".dockerignore", "charts/b\n");
        seen.add(digest(build(), 1));
        seen.add(digest(build(builder().created(Instant.ofEpochSecond(1)), layout), 1));
        seen.add(digest(build(builder().compression(LayerCompression.ZSTD), layout), 1));

        assertThat(seen).doesNotHaveDuplicates();
    }

    @Test
    void writeToWhenBlobIsNotWhatItWasMakesItAnew() throws IOException {
        BuildResult first = build();
        Files.delete(blob(first, 0));
        assertThat(build().digest()).isEqualTo(first.digest());

        Files.write(blob(first, 0), new byte[10]);
        assertThat(build().digest()).isEqualTo(first.digest());

        Files.write(blob(first, 0), new byte[(int) first.layers().get(0).size()]);
        assertThat(build().digest()).isEqualTo(first.digest());
    }

    @Test
    void writeToWhenLayoutIsAnotherWritesThereToo() throws IOException {
        BuildResult first = build();
        List<Object> inodes = inodes(first);

        BuildResult other = build(builder(), folder.resolve("other"));

        assertThat(other.digest()).isEqualTo(first.digest());
        assertThat(inodes(build())).isEqualTo(inodes);
    }

    @Test
    void writeToWhenLayoutWasDeletedWritesItAgain() throws IOException {
        BuildResult first = build();
        Files.move(layout, folder.resolve("gone"));

        assertThat(build().digest()).isEqualTo(first.digest());
    }

    @Test
    void writeToWhenArchiveIsUnpackedKeepsItsLayerToo() throws Exception {
        write("Kubefile", "FROM scratch\nADD a.tar /a\n");
        BuildResult made = builder()
                .kubefile(Kubefile.parse("FROM scratch\nCOPY charts /\n"))
                .compression(LayerCompression.NONE)
                .build()
                .writeTo(OciLayout.directory(layout));
        Files.copy(blob(made, 0), context.resolve("a.tar"));
        rest();
        BuildResult first = build();
        List<Object> inodes = inodes(first);

        assertThat(inodes(build())).isEqualTo(inodes);
    }

    @Test
    void writeToWhenReuseIsSwitchedOffMakesEveryLayer() throws IOException {
        BuildResult first = build();
        List<Object> inodes = inodes(first);

        BuildResult second = build(builder().reuseLayers(false), layout);

        assertThat(second.digest()).isEqualTo(first.digest());
        assertThat(inodes(second)).doesNotContainAnyElementsOf(inodes);
    }

    @Test
    void writeToWhenBuildsAreManyAtOnceGivesOneValidLayout() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<BuildResult>> builds = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                String tag = "app:" + i;
                builds.add(threads.submit(() -> builder().tag(tag).build().writeTo(OciLayout.directory(layout))));
            }
            for (Future<BuildResult> done : builds) {
                assertThat(done.get().digest()).isEqualTo(builds.get(0).get().digest());
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(OciLayoutVerifier.verify(layout).orThrow().images()).isEqualTo(1);
    }

    @Test
    void writeToWhenRecordsCannotBeReadOrWrittenBuildsAllTheSame() throws IOException {
        BuildResult first = build();
        try (var records = Files.list(folder.resolve("store/layers"))) {
            for (Path record : records.toList()) {
                Files.writeString(record, "1\n2\n3\n4\n5\n6\n");
            }
        }
        assertThat(build().digest()).isEqualTo(first.digest());

        Path noFolder = Files.writeString(folder.resolve("file"), "");
        assertThat(build(builder().contentStore(noFolder), layout).digest()).isEqualTo(first.digest());
    }

    @Test
    void writeToWhenFileWasJustChangedDoesNotTrustItsTimes() throws IOException {
        boolean madeAnew = false;
        for (int attempt = 0; attempt < 20 && !madeAnew; attempt++) {
            ClusterImage image = builder().build();
            write("registry/blob", "attempt" + attempt);
            BuildResult first = image.writeTo(OciLayout.directory(layout));
            List<Object> inodes = inodes(first);
            madeAnew =
                    !inodes(image.writeTo(OciLayout.directory(layout))).get(0).equals(inodes.get(0));
        }
        assertThat(madeAnew).isTrue();
    }
}
