package io.sealos.oci;

import static io.sealos.oci.WriterFixture.copy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealos.images.Digest;
import io.sealos.kubefile.Platform;
import io.sealos.oci.internal.layer.LayerBlob;
import io.sealos.oci.internal.layer.LayerOptions;
import io.sealos.oci.internal.layout.ImageRequest;
import io.sealos.oci.internal.layout.LayoutDirectory;
import io.sealos.oci.internal.layout.WrittenImage;
import io.sealos.oci.internal.recipe.BuildContext;
import io.sealos.oci.internal.recipe.CopyRecipe;
import io.sealos.oci.internal.recipe.ImageRecipe;
import io.sealos.oci.internal.recipe.VirtualFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OciLayoutTests {
    @TempDir
    private Path directory;

    private WriterFixture fixture(String name) {
        return new WriterFixture(directory.resolve(name));
    }

    private static WriterFixture filled(WriterFixture fixture, Random random) throws IOException {
        List<String> names = new ArrayList<>(List.of("b", "a/1", "a/2", "a/long-" + "n".repeat(120), "Z"));
        Collections.shuffle(names, random);
        for (String name : names) {
            fixture.file(name, name);
            Path file = fixture.context().resolve(name);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
            Files.setLastModifiedTime(file, FileTime.fromMillis(random.nextInt()));
        }
        Files.setPosixFilePermissions(fixture.context().resolve("a"), PosixFilePermissions.fromString("rwxr-xr-x"));
        return fixture;
    }

    @Test
    void writeWhenContextsDifferInOrderAndTimesGivesTheSameDigest() throws IOException {
        for (int seed = 1; seed <= 3; seed++) {
            WriterFixture image = filled(fixture("seed" + seed), new Random(seed));
            ImageRecipe plain = image.recipe(copy(".", "/"));
            ImageRecipe recipe = ImageRecipe.of(
                    plain.platform(),
                    plain.context().withVirtualFiles(List.of(WriterFixture.virtual("registry/\u00fc", "u"))),
                    plain.stages(),
                    plain.config());
            ImageRequest request =
                    ImageRequest.of(recipe, WriterFixture.TAG).withLayers(LayerOptions.DEFAULT.uncompressed());
            WrittenImage written = image.write(request);
            assertThat(written.root().digest())
                    .hasToString("sha256:61c1cd025a9675305e5ba4219f344285c29b2958b7ae50e97a72b9b04011f142");
        }
    }

    @Test
    void writeWhenTagIsGivenStoresItsCanonicalName() throws IOException {
        WriterFixture image = fixture("x").file("a", "a");
        WrittenImage written = image.write(copy("a", "/a"));
        JsonNode entry = index(image).path("manifests").path(0);
        assertThat(entry.path("digest").asText())
                .isEqualTo(written.root().digest().toString());
        assertThat(entry.path("annotations").toString())
                .isEqualTo("{\"io.containerd.image.name\":\"docker.io/labring/nginx:v1.23.1\","
                        + "\"org.opencontainers.image.ref.name\":\"docker.io/labring/nginx:v1.23.1\"}");
        assertThat(image.leftovers()).containsExactly("layout");
    }

    @Test
    void writeWhenLayoutExistsKeepsOtherTagsAndReplacesTheSame() throws IOException {
        WriterFixture image = fixture("x").file("a", "1");
        image.write(ImageRequest.of(image.recipe(copy("a", "/a")), "docker.io/library/x:1", "docker.io/library/x:2"));
        image.file("a", "2");
        WrittenImage second = image.write(ImageRequest.of(image.recipe(copy("a", "/a")), "docker.io/library/x:2"));
        List<String> tags = new ArrayList<>();
        for (JsonNode entry : index(image).path("manifests")) {
            tags.add(entry.path("annotations")
                            .path("org.opencontainers.image.ref.name")
                            .asText()
                    + " "
                    + entry.path("digest")
                            .asText()
                            .equals(second.root().digest().toString()));
        }
        assertThat(tags).containsExactly("docker.io/library/x:1 false", "docker.io/library/x:2 true");
        try (var entries = Files.list(image.layout())) {
            assertThat(entries.map(path -> path.getFileName().toString()).sorted())
                    .containsExactly(".lock", "blobs", "index.json", "oci-layout");
        }
    }

    @Test
    void writeWhenManyWriteAtOnceKeepsEveryTag() throws Exception {
        WriterFixture image = fixture("x").file("a", "1").file("b", "2");
        ImageRecipe recipe = image.recipe(copy("a", "/a"), copy("b", "/b"));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<WrittenImage>> writers = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            ImageRequest request = ImageRequest.of(recipe, "docker.io/library/x:" + i);
            writers.add(threads.submit(() -> new LayoutDirectory(image.layout()).write(request)));
        }
        for (Future<WrittenImage> writer : writers) {
            writer.get();
        }
        threads.shutdown();
        assertThat(index(image).path("manifests")).hasSize(16);
        assertThat(OciLayoutVerifier.verify(image.layout()).orThrow().mismatches())
                .isEmpty();
        assertThat(image.leftovers()).containsExactly("layout");
    }

    @Test
    void writeWhenPlatformsAreSeveralMakesAnIndexAndLayersOnce() throws IOException {
        WriterFixture image = fixture("x").file("a", "1");
        ImageRecipe amd = image.recipe(copy("a", "/a"));
        ImageRecipe arm = ImageRecipe.of(Platform.parse("linux/arm64/v8"), amd.context(), amd.stages(), amd.config());
        ImageRequest request = new ImageRequest(List.of(amd, arm), List.of(WriterFixture.TAG), LayerOptions.DEFAULT);
        WrittenImage written = image.write(request);
        assertThat(written.manifests().get(0).layers())
                .isEqualTo(written.manifests().get(1).layers());
        VerificationReport report = OciLayoutVerifier.verify(image.layout());
        assertThat(report.images()).isEqualTo(2);
        assertThat(report.blobs()).isEqualTo(6);
        assertThat(report.notices()).isEmpty();
    }

    @Test
    void writeWhenPlatformsDifferInOneLayerMakesTheOthersOnce() throws IOException {
        WriterFixture image = fixture("x").file("a", "1");
        AtomicInteger opened = new AtomicInteger();
        VirtualFile shared = WriterFixture.virtual("shared", "same", opened);
        ImageRecipe amd =
                image.recipe(copy("shared", "/s"), CopyRecipe.add(List.of("a.tar.gz"), "/t", "ADD"), copy("own", "/o"));
        archive(image.context().resolve("a.tar.gz"));
        BuildContext context = amd.context();
        amd = ImageRecipe.of(
                amd.platform(),
                context.withVirtualFiles(List.of(shared, WriterFixture.virtual("own", "amd64"))),
                amd.stages(),
                amd.config());
        ImageRecipe arm = ImageRecipe.of(
                Platform.parse("linux/arm64"),
                context.withVirtualFiles(List.of(shared, WriterFixture.virtual("own", "arm64"))),
                amd.stages(),
                amd.config());

        WrittenImage written = image.write(new ImageRequest(
                List.of(amd, arm), List.of(), LayerOptions.DEFAULT.withCompression(LayerCompression.NONE)));

        assertThat(opened).hasValue(1);
        List<LayerBlob> first = written.manifests().get(0).layers();
        List<LayerBlob> second = written.manifests().get(1).layers();
        assertThat(first.subList(0, 2)).isEqualTo(second.subList(0, 2));
        assertThat(first.get(2).digest()).isNotEqualTo(second.get(2).digest());
        assertThat(OciLayoutVerifier.verify(image.layout()).notices()).isEmpty();
    }

    private static void archive(Path file) throws IOException {
        try (GZIPOutputStream gzip = new GZIPOutputStream(Files.newOutputStream(file))) {
            gzip.write(HandMadeLayout.tar("in/", "in/it"));
        }
    }

    @Test
    void writeWhenAnnotatedMarksManifestsAndIndex() throws IOException {
        WriterFixture image = fixture("x").file("a", "1");
        ImageRecipe amd = image.recipe(copy("a", "/a")).withAnnotations(Map.of("org.example.a", "1"));
        ImageRecipe arm = ImageRecipe.of(Platform.parse("linux/arm64"), amd.context(), amd.stages(), amd.config())
                .withAnnotations(amd.annotations());

        WrittenImage written =
                image.write(new ImageRequest(List.of(amd, arm), List.of(WriterFixture.TAG), LayerOptions.DEFAULT));

        for (Digest digest : List.of(
                written.root().digest(),
                written.manifests().get(0).digest(),
                written.manifests().get(1).digest())) {
            assertThat(Files.readString(image.layout().resolve("blobs/sha256/" + digest.hex())))
                    .endsWith(",\"annotations\":{\"org.example.a\":\"1\"}}");
        }
    }

    @Test
    void writeWhenTagIsReplacedKeepsTheBlobsAndTheVerifierNotesThem() throws IOException {
        WriterFixture image = fixture("x").file("a", "1");
        WrittenImage old = image.write(copy("a", "/a"));
        image.file("a", "2");
        image.write(copy("a", "/a"));

        VerificationReport report = OciLayoutVerifier.verify(image.layout()).orThrow();

        assertThat(report.notices())
                .hasSize(3)
                .contains("blobs/sha256/" + old.root().digest().hex() + ": nothing points to this file");
    }

    @Test
    void writeWhenDirectoryHasOtherFilesIsRefused() throws IOException {
        WriterFixture image = fixture("x").file("a", "1");
        Files.createDirectories(image.layout());
        Files.writeString(image.layout().resolve("thesis.txt"), "precious");
        assertThatExceptionOfType(FileSystemException.class)
                .isThrownBy(() -> image.write(copy("a", "/a")))
                .withMessage(image.layout() + ": has files but is not an OCI layout; name an empty or new directory,"
                        + " so nothing is mixed up");
        assertThat(image.leftovers()).containsExactly("layout");
    }

    @Test
    void writeWhenFileChangesMeanwhileFailsAndLeavesNothing() throws IOException {
        WriterFixture image = fixture("x").file("a", "1").file("b", "2");
        ImageRecipe recipe = image.recipe(copy("a", "/a"), copy("b", "/b"));
        ImageRequest request = ImageRequest.of(recipe).withLayers(LayerOptions.DEFAULT.withExecutor(task -> {
            try {
                Files.writeString(image.context().resolve("a"), "longer");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            task.run();
        }));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> image.write(request))
                .withMessageContaining(image.context().resolve("a") + " changed while it was read for /a: it had 1 byte"
                        + " before; build again when nothing writes to it");
        assertThat(image.leftovers()).isEmpty();
    }

    @Test
    void writeWhenBytesDoNotCompressStoresThemPlain() throws IOException {
        WriterFixture image = fixture("x").file("text", "a".repeat(100_000));
        Path blobs = Files.createDirectories(image.context().resolve("registry/docker/registry/v2/blobs/sha256/00/00"));
        Files.write(blobs.resolve("data"), new byte[200_000]);
        WrittenImage written = image.write(copy("registry", "/registry"), copy("text", "/text"));
        assertThat(written.manifests().get(0).layers())
                .extracting(layer -> layer.mediaType())
                .containsExactly(
                        "application/vnd.oci.image.layer.v1.tar", "application/vnd.oci.image.layer.v1.tar+gzip");
    }

    private static JsonNode index(WriterFixture image) throws IOException {
        return new ObjectMapper().readTree(Files.readAllBytes(image.layout().resolve("index.json")));
    }
}
