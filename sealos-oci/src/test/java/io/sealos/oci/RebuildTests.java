package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;

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
    Path directory;

    private ChangingContext files;

    @BeforeEach
    void makeContext() throws Exception {
        files = ChangingContext.in(directory);
    }

    private Path blob(BuildResult done, int layer) {
        return files.layout()
                .resolve("blobs/sha256")
                .resolve(digest(done, layer).hex());
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
        BuildResult first = files.build();
        List<Object> inodes = inodes(first);

        BuildResult second = files.build();

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
        BuildResult first = files.build();
        List<Object> inodes = inodes(first);
        files.write("charts/a/values.yaml", "a: 2\n");

        BuildResult second = files.build();

        assertThat(digest(second, 1)).isNotEqualTo(digest(first, 1));
        assertThat(inodes(second).get(0)).isEqualTo(inodes.get(0));
    }

    @Test
    void writeToWhenOnlyTheTextChangedAndItsTimeWasSetBackSeesIt() throws Exception {
        Path file = files.resolve("registry/blob");
        FileTime modified = Files.getLastModifiedTime(file);
        BuildResult first = files.build();
        Files.writeString(file, "9876543210");
        Files.setLastModifiedTime(file, modified);
        ChangingContext.rest();

        assertThat(digest(files.build(), 0)).isNotEqualTo(digest(first, 0));
    }

    @Test
    void writeToWhenFilesComeAndGoAndChangeModesSeesIt() throws Exception {
        List<Digest> seen = new ArrayList<>(List.of(digest(files.build(), 1)));
        Files.setPosixFilePermissions(
                files.resolve("charts/a/values.yaml"), PosixFilePermissions.fromString("rwx------"));
        ChangingContext.rest();
        seen.add(digest(files.build(), 1));
        Files.move(files.resolve("charts/b/values.yaml"), files.resolve("charts/b/other.yaml"));
        ChangingContext.rest();
        seen.add(digest(files.build(), 1));
        Files.delete(files.resolve("charts/b/other.yaml"));
        seen.add(digest(files.build(), 1));
        files.write(".dockerignore", "charts/b\n");
        seen.add(digest(files.build(), 1));
        seen.add(digest(files.build(files.builder().created(Instant.ofEpochSecond(1))), 1));
        seen.add(digest(files.build(files.builder().compression(LayerCompression.ZSTD)), 1));

        assertThat(seen).doesNotHaveDuplicates();
    }

    @Test
    void writeToWhenBlobIsNotWhatItWasMakesItAnew() throws IOException {
        BuildResult first = files.build();
        Files.delete(blob(first, 0));
        assertThat(files.build().digest()).isEqualTo(first.digest());

        Files.write(blob(first, 0), new byte[10]);
        assertThat(files.build().digest()).isEqualTo(first.digest());

        Files.write(blob(first, 0), new byte[(int) first.layers().get(0).size()]);
        assertThat(files.build().digest()).isEqualTo(first.digest());
    }

    @Test
    void writeToWhenLayoutIsAnotherWritesThereToo() throws IOException {
        BuildResult first = files.build();
        List<Object> inodes = inodes(first);

        BuildResult other = ChangingContext.build(files.builder(), directory.resolve("other"));

        assertThat(other.digest()).isEqualTo(first.digest());
        assertThat(inodes(files.build())).isEqualTo(inodes);
    }

    @Test
    void writeToWhenLayoutWasDeletedWritesItAgain() throws IOException {
        BuildResult first = files.build();
        Files.move(files.layout(), directory.resolve("gone"));

        assertThat(files.build().digest()).isEqualTo(first.digest());
    }

    @Test
    void writeToWhenArchiveIsUnpackedKeepsItsLayerToo() throws Exception {
        files.write("Kubefile", "FROM scratch\nADD a.tar /a\n");
        BuildResult made = files.builder()
                .kubefile(Kubefile.parse("FROM scratch\nCOPY charts /\n"))
                .compression(LayerCompression.NONE)
                .build()
                .writeTo(OciLayout.directory(files.layout()));
        Files.copy(blob(made, 0), files.resolve("a.tar"));
        ChangingContext.rest();
        BuildResult first = files.build();
        List<Object> inodes = inodes(first);

        assertThat(inodes(files.build())).isEqualTo(inodes);
    }

    @Test
    void writeToWhenReuseIsSwitchedOffMakesEveryLayer() throws IOException {
        BuildResult first = files.build();
        List<Object> inodes = inodes(first);

        BuildResult second = files.build(files.builder().reuseLayers(false));

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
                builds.add(threads.submit(
                        () -> files.builder().tag(tag).build().writeTo(OciLayout.directory(files.layout()))));
            }
            for (Future<BuildResult> done : builds) {
                assertThat(done.get().digest()).isEqualTo(builds.get(0).get().digest());
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(OciLayoutVerifier.verify(files.layout()).orThrow().images()).isEqualTo(1);
    }

    @Test
    void writeToWhenRecordsCannotBeReadOrWrittenBuildsAllTheSame() throws IOException {
        BuildResult first = files.build();
        try (var records = Files.list(directory.resolve("store/layers"))) {
            for (Path record : records.toList()) {
                Files.writeString(record, "1\n2\n3\n4\n5\n6\n");
            }
        }
        assertThat(files.build().digest()).isEqualTo(first.digest());

        Path noDirectory = Files.writeString(directory.resolve("file"), "");
        assertThat(files.build(files.builder().contentStore(noDirectory)).digest())
                .isEqualTo(first.digest());
    }

    @Test
    void writeToWhenFileWasJustChangedDoesNotTrustItsTimes() throws IOException {
        boolean madeAnew = false;
        for (int attempt = 0; attempt < 20 && !madeAnew; attempt++) {
            ClusterImage image = files.builder().build();
            files.write("registry/blob", "attempt" + attempt);
            BuildResult first = image.writeTo(OciLayout.directory(files.layout()));
            List<Object> inodes = inodes(first);
            madeAnew = !inodes(image.writeTo(OciLayout.directory(files.layout())))
                    .get(0)
                    .equals(inodes.get(0));
        }
        assertThat(madeAnew).isTrue();
    }
}
