package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sealos.SealosException;
import io.sealos.images.ImageLock;
import io.sealos.images.ImageReference;
import io.sealos.kubefile.BuildOptions;
import io.sealos.kubefile.IgnoreRules;
import io.sealos.kubefile.Kubefile;
import io.sealos.layout.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the exceptions of the library as seen by a caller that catches {@link SealosException} only. */
class SealosExceptionTests {
    @TempDir
    Path directory;

    private Path context;

    @BeforeEach
    void createContext() throws IOException {
        context = Files.createDirectory(directory.resolve("context"));
        write("Kubefile", "FROM scratch\nCOPY . .\n");
    }

    @Test
    void partsWhenTextIsMalformedGiveItsPlaceAndFix() {
        assertParts(() -> Kubefile.parse("FORM x"), "1:1: unknown instruction: FORM; did you mean FROM?");
        assertParts(
                () -> Kubefile.parse("FROM scratch\nCOPY a\nENV\n").evaluate(BuildOptions.defaults()),
                "2:1: COPY needs a source and a destination; write COPY a a",
                "3:1: ENV has no argument; give it one, or remove the instruction");
        assertParts(
                () -> IgnoreRules.parse("["),
                "ignore file:1: malformed pattern '['; close each '[' with ']', and put a '\\' before each '[' that"
                        + " stands for itself and before each '-' and ']' between the two");
        assertParts(
                () -> ImageReference.parse("Nginx"),
                "Nginx: is not an image reference: its repository 'Nginx' has upper-case letters; write it in lower"
                        + " case");
        assertParts(
                () -> ImageLock.parse("{}"),
                "lock: it is not a lock file, because it has no version; write it anew from the result of a build");
    }

    @Test
    void partsWhenBuildIsRefusedGiveEachInstruction() throws IOException {
        write("Kubefile", "FROM scratch\nCOPY manifest manifests\nCOPY other /x\n");
        write("manifests/pod.yaml", "");

        assertParts(
                () -> builder().build(),
                "Kubefile:2:1: COPY manifest manifests: there is no 'manifest' in the context " + context
                        + "; did you mean 'manifests'?",
                "Kubefile:3:1: COPY other /x: there is no 'other' in the context " + context
                        + "; add it there, or correct the path");
    }

    @Test
    void partsWhenImagesDifferFromTheLockGiveEachImage() throws IOException {
        write("images/shim/list", "a.example/app:2\n");
        ImageLock lock = ImageLock.builder().build();

        assertParts(
                () -> builder().lock(lock).build(),
                "images/shim/list:1: a.example/app:2 is new: the lock does not have it; if this is meant, build without"
                        + " the lock and keep the lock of the result");
    }

    @Test
    void partsWhenFindingsFailTheBuildGiveEachFinding() throws IOException {
        assertThatExceptionOfType(SealosException.class)
                .isThrownBy(() -> builder().failOn(Severity.INFO).build())
                .satisfies(e -> assertThat(e.parts())
                        .isNotEmpty()
                        .allSatisfy(part -> assertThat(part.place()).startsWith("Kubefile"))
                        .allSatisfy(part -> assertThat(part.problem()).isNotEmpty())
                        .allSatisfy(part -> assertThat(part.fix()).isNotEmpty()));
    }

    @Test
    void partsWhenGapsAreOpenGiveEachGap() throws IOException {
        write("charts/app-1.tgz", "no archive");

        assertThatExceptionOfType(ImageGapsException.class)
                .isThrownBy(() -> builder().build().saveRegistry(directory.resolve("registry")))
                .satisfies(e -> assertThat(e.parts())
                        .singleElement()
                        .satisfies(part -> assertThat(part.place()).isEqualTo("charts/app-1.tgz"))
                        .satisfies(part ->
                                assertThat(part.problem()).isEqualTo("the chart does not render: Not in GZIP format"))
                        .satisfies(part -> assertThat(part.fix()).isNotEmpty()));
    }

    @Test
    void partsWhenImagesCannotBeSavedGiveEachImage() throws IOException {
        write("images/shim/list", "a.example/app:1\nb.example/app:2\n");

        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(
                        () -> builder().offline(true).build().writeTo(OciLayout.directory(directory.resolve("out"))))
                .satisfies(e -> assertThat(e.parts())
                        .extracting(SealosException.Part::place)
                        .containsExactly(
                                "a.example/app:1 (images/shim/list:1)", "b.example/app:2 (images/shim/list:2)"))
                .satisfies(e -> assertThat(e.parts())
                        .allSatisfy(part -> assertThat(part.fix()).isNotEmpty()));
    }

    @Test
    void partsWhenLayoutIsBrokenOrEmptyGiveItsPlace() throws IOException {
        Path layout = Files.createDirectory(directory.resolve("layout"));
        Files.writeString(layout.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
        Files.writeString(layout.resolve("index.json"), "{\"schemaVersion\":2,\"manifests\":[]}");

        assertParts(
                () -> ClusterImage.inspect(OciLayout.directory(layout)),
                layout + ": it has no image; choose one by tag or platform: there is none");
        Files.createDirectory(layout.resolve("blobs"));
        Files.writeString(layout.resolve("oci-layout"), "{}");
        assertParts(
                () -> OciLayoutVerifier.verify(layout).orThrow(),
                layout + ": oci-layout: imageLayoutVersion is not 1.0.0; write or copy it again");
    }

    @Test
    void partsWhenPushOrRegistryFailsGiveEachProblem() {
        ImagePushException push = new ImagePushException(
                ImageReference.parse("registry.example/team/app:1.0"),
                List.of(new ImagePushException.Failure(
                        "tag 1.0", "registry.example", 403, "it answered 403", "log in")));
        RegistryReport report = new RegistryReport(
                List.of(),
                List.of(),
                List.of(
                        new SealosException.Part("list:1", "a is missing", "save it"),
                        new SealosException.Part("", "b is missing", "")),
                List.of());

        assertThat(push.parts())
                .containsExactly(
                        new SealosException.Part("registry.example/team/app, tag 1.0", "it answered 403", "log in"));
        assertParts(report::orThrow, "list:1: a is missing; save it", "b is missing");
    }

    @Test
    void partsOfWhenTextBeginsWithItsPlaceTakeItApart() throws IOException {
        Path archive = Files.writeString(directory.resolve("a.tar"), "no archive");
        Path other = Files.createDirectory(directory.resolve("other"));
        OciLayout layout = OciLayout.directory(other);

        assertPartsOf(
                () -> ClusterImage.inspect(OciLayout.archive(archive)),
                new SealosException.Part(
                        archive.toString(),
                        "cannot be read as an archive: it is not a tar, because it is shorter than a header",
                        ""));
        assertPartsOf(
                () -> ClusterImage.inspect(layout),
                new SealosException.Part(
                        other.toString(),
                        "is not an OCI layout, because it has no index.json",
                        "write it with skopeo, buildah or docker buildx"));
    }

    @Test
    void partsOfWhenArgumentIsRefusedNameIt() throws IOException {
        OciLayout layout = OciLayout.directory(directory.resolve("other"));

        assertPartsOf(
                () -> layout.inParts(PartSize.CD),
                new SealosException.Part(
                        layout.toString(),
                        "is a directory, which has no parts",
                        "name an archive (OciLayout.archive)"));
        assertPartsOf(
                () -> builder().offline(true).build().writeTo(RegistryImage.of("r.example/a:1")),
                new SealosException.Part(
                        "docker://r.example/a:1",
                        "cannot be pushed to by an offline build",
                        "write an OCI layout, or allow the network"));
        Path parts = Files.writeString(directory.resolve("a.tar.parts.json"), "{}");
        assertPartsOf(
                () -> ArchiveParts.verify(parts),
                new SealosException.Part(
                        parts.toString(),
                        "is not a valid parts file: it must list 1 to 10000 parts",
                        "copy it again, or write the archive again"));
    }

    private static void assertPartsOf(ThrowingCallable call, SealosException.Part part) {
        Throwable thrown = catchThrowable(call);
        assertThat(SealosException.partsOf(thrown)).containsExactly(part);
        assertThat(thrown)
                .message()
                .startsWith(part.place())
                .contains(part.problem())
                .endsWith(part.fix());
    }

    private static void assertParts(ThrowingCallable call, String... parts) {
        assertThatExceptionOfType(SealosException.class)
                .isThrownBy(call)
                .satisfies(
                        e -> assertThat(e.parts()).extracting(Object::toString).isEqualTo(List.of(parts)));
    }

    private ClusterImageBuilder builder() {
        return ClusterImage.builder().context(context).contentStore(directory.resolve("store"));
    }

    private void write(String path, String text) throws IOException {
        Path file = context.resolve(path);
        Files.createDirectories(file.resolve("..").normalize());
        Files.writeString(file, text);
    }
}
