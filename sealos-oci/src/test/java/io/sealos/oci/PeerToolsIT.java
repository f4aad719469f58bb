package io.sealos.oci;

import static io.sealos.oci.WriterFixture.TAG;
import static io.sealos.oci.WriterFixture.copy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sealos.images.Digest;
import io.sealos.kubefile.Platform;
import io.sealos.oci.internal.layer.LayerOptions;
import io.sealos.oci.internal.layout.ArchiveFile;
import io.sealos.oci.internal.layout.ImageRequest;
import io.sealos.oci.internal.layout.WrittenImage;
import io.sealos.oci.internal.recipe.ImageRecipe;
import io.sealos.oci.peers.DistributionServer;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Other people's tools read what is written. Each test is skipped where its tool is not installed. */
@Tag("peers")
class PeerToolsIT {
    private static final String LONG_NAME = "n".repeat(150);

    @TempDir
    private Path directory;

    private WriterFixture fixture;
    private ImageRequest request;

    @BeforeEach
    void makeContext() throws IOException {
        fixture = new WriterFixture(directory);
        fixture.file("charts/a/values.yaml", "a: 1\n").file("registry/" + LONG_NAME, "x");
        request = ImageRequest.of(fixture.recipe(copy("charts", "/charts"), copy("registry", "/registry")), TAG);
    }

    private ImageRequest stored(LayerCompression compression) {
        return request.withLayers(LayerOptions.DEFAULT.withCompression(compression));
    }

    /** Returns a request for an index with the same files for two platforms. */
    private ImageRequest index() {
        ImageRecipe amd = request.recipes().get(0);
        ImageRecipe arm = ImageRecipe.of(Platform.parse("linux/arm64"), amd.context(), amd.stages(), amd.config());
        return new ImageRequest(List.of(amd, arm), request.tags(), request.layers());
    }

    private static void need(String tool) {
        boolean installed = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(path -> Files.isExecutable(Path.of(path, tool)));
        assumeThat(installed).as(tool + " is installed").isTrue();
    }

    private String run(String... command) throws IOException, InterruptedException {
        need(command[0]);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(List.of(command) + "\n" + output).isZero();
        return output;
    }

    @Test
    void unpackWhenFilesHaveExtendedAttributesSetsThem() throws Exception {
        Path file = fixture.context().resolve("charts/a/values.yaml");
        assumeThat(Files.getFileStore(file).supportsFileAttributeView(UserDefinedFileAttributeView.class))
                .isTrue();
        byte[] value = {0, 1, (byte) 0xff, '\n'};
        Files.getFileAttributeView(file, UserDefinedFileAttributeView.class).write("any", ByteBuffer.wrap(value));
        fixture.write(request);
        Path copied = directory.resolve("copied");
        run("skopeo", "copy", "oci:" + fixture.layout() + ":" + TAG, "oci:" + copied + ":t");
        Path bundle = directory.resolve("bundle");
        run("umoci", "unpack", "--rootless", "--image", copied + ":t", bundle.toString());
        ByteBuffer found = ByteBuffer.allocate(value.length);
        Files.getFileAttributeView(bundle.resolve("rootfs/charts/a/values.yaml"), UserDefinedFileAttributeView.class)
                .read("any", found);
        assertThat(found.array()).isEqualTo(value);
    }

    @Test
    void inspectWhenTagIsCanonicalFindsTheImage() throws Exception {
        WrittenImage image = fixture.write(request);
        String output = run("skopeo", "inspect", "oci:" + fixture.layout() + ":" + TAG);
        assertThat(output).contains(image.root().digest().toString());
    }

    @ParameterizedTest
    @EnumSource(names = "ZSTD", mode = EnumSource.Mode.EXCLUDE)
    void validateWhenLayersArePlainOrGzipAcceptsThem(LayerCompression compression) throws Exception {
        fixture.write(stored(compression));
        run("oci-image-tool", "validate", "--type", "image", "--ref", "name=" + TAG, layoutText());
    }

    @ParameterizedTest
    @EnumSource(names = "ZSTD", mode = EnumSource.Mode.EXCLUDE)
    void unpackWhenUserIsOrdinaryGivesTheFiles(LayerCompression compression) throws Exception {
        need("setpriv");
        assumeThat(Files.isWritable(Path.of("/"))).as("root can become nobody").isTrue();
        fixture.write(new ImageRequest(
                request.recipes(), List.of("v1"), stored(compression).layers()));
        Path everyones = Files.createDirectory(directory.resolve("everyones"));
        Files.setPosixFilePermissions(everyones, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path bundle = everyones.resolve("bundle");

        run(
                "setpriv",
                "--reuid=65534",
                "--regid=65534",
                "--clear-groups",
                "env",
                "HOME=" + everyones,
                "umoci",
                "unpack",
                "--rootless",
                "--image",
                layoutText() + ":v1",
                bundle.toString());

        assertThat(Files.getAttribute(bundle.resolve("rootfs/charts"), "unix:uid"))
                .isEqualTo(65534);
        assertFiles(bundle.resolve("rootfs"));
    }

    @ParameterizedTest
    @EnumSource(LayerCompression.class)
    void copyWhenLayoutGoesToARegistryAndBackStaysTheSame(LayerCompression compression) throws Exception {
        WrittenImage image = fixture.write(stored(compression));
        assertComesBack("oci:" + fixture.layout() + ":" + TAG, image);
    }

    @Test
    void copyWhenIndexGoesToARegistryAndBackStaysTheSame() throws Exception {
        WrittenImage image = fixture.write(index());
        assertComesBack("oci:" + fixture.layout() + ":" + TAG, image);
    }

    @Test
    void copyWhenArchiveGoesToARegistryAndBackStaysTheSame() throws Exception {
        Path oci = directory.resolve("oci.tar");
        WrittenImage image = new ArchiveFile(oci).writeOci(index());
        assertComesBack("oci-archive:" + oci + ":" + TAG, image);
    }

    /** Skopeo makes a manifest of its own for a docker-archive, and compresses the layers. */
    @Test
    void copyWhenDockerArchiveGoesToARegistryAndBackKeepsTheFiles() throws Exception {
        Path docker = directory.resolve("docker.tar");
        WrittenImage image = new ArchiveFile(docker).writeDocker(request);
        assertThat(run("skopeo", "list-tags", "docker-archive:" + docker)).contains(TAG);
        Path back = toRegistryAndBack("docker-archive:" + docker);
        assertThat(diffIds(ClusterImage.inspect(OciLayout.directory(back)))).isEqualTo(diffIds(image));
    }

    private void assertComesBack(String source, WrittenImage image) throws Exception {
        Path back = toRegistryAndBack("--preserve-digests", source);
        assertThat(Files.readString(back.resolve("index.json")))
                .contains(image.root().digest().toString());
    }

    /** {@return the layout that came back} */
    private Path toRegistryAndBack(String... optionsAndSource) throws Exception {
        need("skopeo");
        need("docker-registry");
        Path back = directory.resolve("back");
        try (DistributionServer server = DistributionServer.start(directory, directory.resolve("storage"), "", "")) {
            String remote = "docker://" + server.host() + "/labring/nginx:v1.23.1";
            Stream<String> copy = Stream.of("skopeo", "copy", "--all", "--dest-tls-verify=false");
            run(Stream.concat(Stream.concat(copy, Stream.of(optionsAndSource)), Stream.of(remote))
                    .toArray(String[]::new));
            String asTheyAre = "--dest-oci-accept-uncompressed-layers";
            run("skopeo", "copy", "--all", asTheyAre, "--src-tls-verify=false", remote, "oci:" + back + ":v1");
        }
        assertThat(OciLayoutVerifier.verify(back).mismatches()).isEmpty();
        return back;
    }

    private static List<Digest> diffIds(WrittenImage image) {
        return image.manifests().get(0).layers().stream()
                .map(layer -> layer.diffId())
                .toList();
    }

    private static List<Digest> diffIds(InspectedImage image) {
        return image.layers().stream().map(InspectedLayer::diffId).toList();
    }

    @ParameterizedTest
    @EnumSource(LayerCompression.class)
    void mountWhenLayersAreStoredAnyWayShowsTheFiles(LayerCompression compression) throws Exception {
        fixture.write(stored(compression));
        assertMounted("oci:" + fixture.layout() + ":" + TAG);
    }

    @Test
    void mountWhenThereAreSeveralPlatformsShowsTheFiles() throws Exception {
        fixture.write(index());
        assertMounted("oci:" + fixture.layout() + ":" + TAG);
    }

    @Test
    void mountWhenArchivesAreReadShowsTheFiles() throws Exception {
        Path oci = directory.resolve("oci.tar");
        new ArchiveFile(oci).writeOci(request);
        assertMounted("oci-archive:" + oci + ":" + TAG);
        Path docker = directory.resolve("docker.tar");
        new ArchiveFile(docker).writeDocker(request);
        assertMounted("docker-archive:" + docker);
    }

    private void assertMounted(String image) throws Exception {
        String container = run(buildah("from", "--quiet", image)).strip();
        try {
            assertFiles(Path.of(run(buildah("mount", container)).strip()));
        } finally {
            run(buildah("rm", container));
        }
    }

    private static void assertFiles(Path root) {
        assertThat(root.resolve("charts/a/values.yaml")).hasContent("a: 1\n");
        assertThat(root.resolve("registry/" + LONG_NAME)).hasContent("x");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void pullWhenArchiveIsImportedGivesTheRightName(boolean docker) throws Exception {
        Path archive = directory.resolve("archive.tar");
        ArchiveFile file = new ArchiveFile(archive);
        if (docker) {
            file.writeDocker(request);
        } else {
            file.writeOci(request);
        }
        run(buildah("pull", (docker ? "docker-archive:" : "oci-archive:") + archive));
        assertThat(run(buildah("images", "--format", "{{.Name}}:{{.Tag}}"))).contains(TAG + "\n");
    }

    /** A docker-archive brings all its names; of an OCI archive engines want to hear which. */
    @Test
    void pullWhenArchiveHasSeveralTagsGivesTheRightNames() throws Exception {
        String other = "docker.io/labring/other:2";
        ImageRequest twice = request.withTags(List.of(TAG, other));
        Path docker = directory.resolve("docker.tar");
        Path oci = directory.resolve("oci.tar");
        new ArchiveFile(docker).writeDocker(twice);
        new ArchiveFile(oci).writeOci(twice);

        run(buildah("pull", "docker-archive:" + docker));
        assertThat(names()).contains(TAG, other);
        run(buildah("rmi", "--all", "--force"));
        run(buildah("pull", "oci-archive:" + oci + ":" + other));
        assertThat(names()).contains(other).doesNotContain(TAG);
    }

    private List<String> names() throws Exception {
        return run(buildah("images", "--format", "{{.Name}}:{{.Tag}}")).lines().toList();
    }

    /** Archives that others wrote are read back like our own. */
    @Test
    void inspectWhenOthersWroteTheArchiveTellsTheSame() throws Exception {
        WrittenImage image = fixture.write(request);
        String layout = "oci:" + fixture.layout() + ":" + TAG;
        Path docker = directory.resolve("docker.tar");
        Path oci = directory.resolve("oci.tar");
        run("skopeo", "copy", layout, "docker-archive:" + docker + ":app:1");
        run("skopeo", "copy", layout, "oci-archive:" + oci + ":app:1");
        Path pushed = directory.resolve("pushed.tar");
        String id = run(buildah("pull", "--quiet", layout)).strip();
        run(buildah("push", id, "docker-archive:" + pushed + ":app:1"));

        for (ImageSource source :
                List.of(DockerArchive.file(docker), OciLayout.archive(oci), DockerArchive.file(pushed))) {
            InspectedImage read = ClusterImage.inspect(source, ImageChoice.any().tag("app:1"));
            assertThat(read.commands()).as(source.toString()).containsExactly("bash", "entrypoint.sh");
            assertThat(diffIds(read)).as(source.toString()).isEqualTo(diffIds(image));
        }
    }

    private String[] buildah(String... arguments) {
        Stream<String> store = Stream.of(
                "buildah", "--storage-driver", "vfs", "--root", directory + "/root", "--runroot", directory + "/run");
        return Stream.concat(store, Stream.of(arguments)).toArray(String[]::new);
    }

    private String layoutText() {
        return fixture.layout().toString();
    }
}
