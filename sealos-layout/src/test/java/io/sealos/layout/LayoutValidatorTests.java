package io.sealos.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayoutValidatorTests {
    private static final String POD = """
            apiVersion: v1
            kind: Pod
            metadata:
              name: app
            spec:
              containers:
                - name: app
                  image: registry.example/app:1.0
            """;

    @TempDir
    Path context;

    @Test
    void validateWhenEverythingIsThereFindsNothing() throws IOException {
        write("manifests/pod.yaml", POD);
        write("Kubefile", """
                FROM scratch
                COPY manifests manifests
                COPY registry registry
                CMD ["kubectl apply -f manifests"]
                """);

        assertThat(findings()).isEmpty();
    }

    @Test
    void validateWhenTheDirectoryIsGoneFailsAndDoesNotFindNothing() throws IOException {
        Path gone = Files.createDirectory(context.resolve("gone"));
        ClusterImageLayout layout = ClusterImageLayout.open(gone);
        Files.delete(gone);

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> LayoutValidator.standard().validate(layout))
                .withMessage("java.nio.file.NoSuchFileException: " + gone);
    }

    @Test
    void validateWhenBuildFileIsMissingSaysWhichNamesCount() throws IOException {
        assertThat(findings())
                .containsExactly(".: error: there is no build file: none of Sealfile, Kubefile, Dockerfile,"
                        + " Containerfile; create a Kubefile that begins with 'FROM scratch' [kubefile-missing]");
    }

    @Test
    void validateWhenInstructionIsMisspeltPointsAtIt() throws IOException {
        write("Kubefile", "FROM scratch\nCOPPY a b\nCMD [\"true\"]\n");

        assertThat(findings())
                .singleElement()
                .asString()
                .startsWith("Kubefile:2:1: error: ")
                .contains("COPY");
    }

    @Test
    void validateWhenRegistryIsNotCopiedCountsTheImages() throws IOException {
        write("manifests/pod.yaml", POD);
        write("Kubefile", "FROM scratch\nCOPY manifests manifests\nCMD [\"kubectl apply -f manifests\"]\n");

        assertThat(findings())
                .containsExactly(
                        "Kubefile:2:1: warning: the application runs 1 image, and the cluster image would contain"
                                + " none; add 'COPY registry registry' to the build file, and keep the directory out of the"
                                + " ignore file [registry-not-copied]");
    }

    @Test
    void validateWhenContentOfRegistryIsIgnoredFindsThatItIsNotCopied() throws IOException {
        write("manifests/pod.yaml", POD);
        write(".dockerignore", "registry/**\n");
        write("Kubefile", "FROM scratch\nCOPY . .\nCMD [\"kubectl apply -f manifests\"]\n");

        assertThat(findings()).singleElement().asString().endsWith("[registry-not-copied]");
    }

    @Test
    void validateWhenRegistryHasATagThatIsSavedAnewSaysWhichWins() throws IOException {
        write("manifests/pod.yaml", POD);
        write("Kubefile", "FROM scratch\nCOPY . .\nCMD [\"kubectl apply -f manifests\"]\n");
        write("registry/docker/registry/v2/repositories/app/_manifests/tags/1.0/current/link", "sha256:1");

        assertThat(findings())
                .containsExactly(
                        "registry/docker/registry/v2/repositories/app/_manifests/tags/1.0: info: the directory has"
                                + " app:1.0 already; a build that saves images puts registry.example/app:1.0 in its place;"
                                + " remove the tag from the directory, or build without saving images to keep it"
                                + " [registry-tag-replaced]");
    }

    @Test
    void validateWhenRegistryIsIgnoredFindsThatItIsNotCopied() throws IOException {
        write("manifests/pod.yaml", POD);
        write(".dockerignore", "registry\n");
        write("Kubefile", "FROM scratch\nCOPY . .\nCMD [\"kubectl apply -f manifests\"]\n");

        assertThat(findings()).singleElement().asString().endsWith("[registry-not-copied]");
    }

    @Test
    void validateWhenWholeContextIsCopiedFindsNothing() throws IOException {
        write("manifests/pod.yaml", POD);
        for (String copy : List.of(
                ". /",
                "./ /",
                "./registry /registry",
                "/registry/ registry/",
                "re?istry /registry",
                "registry/docker registry/docker")) {
            write("Kubefile", "FROM scratch\nCOPY manifests manifests\nCOPY " + copy + "\nCMD [\"true\"]\n");

            assertThat(findings()).as(copy).isEmpty();
        }
    }

    @Test
    void validateWhenRegistryIsCopiedElsewhereSaysWhereItLands() throws IOException {
        write("manifests/pod.yaml", POD);
        Map<String, String> directories = Map.of(
                ". app", "app/registry",
                "registry /", "the root of the image",
                "registry opt/registry", "opt/registry",
                "* /", "the root of the image",
                "registry/* /registry", "the root of the image",
                "registry/docker /docker", "the root of the image");
        for (Map.Entry<String, String> directory : directories.entrySet()) {
            write(
                    "Kubefile",
                    "FROM scratch\nCOPY manifests manifests\nCOPY " + directory.getKey() + "\nCMD [\"true\"]\n");

            assertThat(findings())
                    .as(directory.getKey())
                    .containsExactly("Kubefile:3:1: warning: the images land in " + directory.getValue()
                            + ", and sealos looks for them"
                            + " in registry of the image only; copy the directory by itself: COPY registry registry"
                            + " [registry-not-copied]");
        }
    }

    @Test
    void validateWhenOnlyAnotherStageHasTheRegistryFindsThatItIsNotCopied() throws IOException {
        write("manifests/pod.yaml", POD);
        String command = "CMD [\"kubectl apply -f manifests\"]\n";
        write("Kubefile", "FROM scratch\nCOPY . /x\nFROM scratch\nCOPY --from=0 /x/manifests manifests\n" + command);

        assertThat(findings()).singleElement().asString().endsWith("[registry-not-copied]");
        for (String last : List.of(
                "FROM scratch\nCOPY --from=0 /x /",
                "FROM scratch\nCOPY --from=0 /x/re* /registry",
                "FROM 0\nCOPY . .")) {
            write("Kubefile", "FROM scratch AS 0\nCOPY . /x\n" + last + "\nCMD [\"true\"]\n");

            assertThat(findings()).as(last).noneMatch(it -> it.endsWith("[registry-not-copied]"));
        }
    }

    @Test
    void validateWhenTheWorkingDirectoryIsAnotherSaysWhereTheRegistryLands() throws IOException {
        write("manifests/pod.yaml", POD);
        write("Kubefile", "FROM scratch\nWORKDIR /app\nCOPY . .\nCMD [\"true\"]\n");

        assertThat(findings()).singleElement().asString().contains("the images land in app/registry");
    }

    @Test
    void validateWhenRegistryIsCopiedTwiceReportsTheSecond() throws IOException {
        write("manifests/pod.yaml", POD);
        write("Kubefile", "FROM scratch\nCOPY registry registry\nCOPY . app\nCMD [\"true\"]\n");

        assertThat(findings())
                .containsExactly("Kubefile:3:1: warning: the images land in app/registry as well, and sealos takes them"
                        + " for plain files there; copy the other directories by their names, without registry"
                        + " [registry-nested]");
    }

    @Test
    void validateWhenRegistryIsCopiedTwiceToItsPlaceReportsTheFirst() throws IOException {
        write("manifests/pod.yaml", POD);
        write("Kubefile", "FROM scratch\nCOPY . .\nCOPY registry registry\nCMD [\"true\"]\n");

        assertThat(findings())
                .containsExactly(
                        "Kubefile:2:1: warning: a later COPY brings the images to the same place, so the cluster"
                                + " image has them twice; copy the other directories by their names, without registry"
                                + " [registry-nested]");
    }

    @Test
    void validateWhenThereIsNothingToRunSaysSo() throws IOException {
        write("manifests/README", "none yet");
        write("Kubefile", "FROM scratch\nCOPY manifests manifests\n");

        assertThat(findings())
                .containsExactly("Kubefile: warning: neither CMD nor ENTRYPOINT is set: 'sealos run' would do nothing;"
                        + " add a CMD, such as CMD [\"kubectl apply -f manifests\"] [nothing-to-run]");
    }

    @Test
    void validateWhenImageOnlyBringsBinariesOrIsAPatchWantsNoCommand() throws IOException {
        write("opt/tool", "#!/bin/sh");
        write("Kubefile", "FROM scratch\nCOPY opt ./opt\n");
        assertThat(findings()).isEmpty();

        write("Kubefile", "FROM scratch\nLABEL sealos.io.type=patch\nCOPY . .\n");
        assertThat(findings()).isEmpty();
    }

    @Test
    void validateWhenManifestDoesNotParsePointsAtIt() throws IOException {
        write("manifests/broken.yaml", "a: [1, 2\nb: {");
        write("Kubefile", "FROM scratch\nCOPY . .\nCMD [\"true\"]\n");

        assertThat(findings())
                .singleElement()
                .asString()
                .startsWith("manifests/broken.yaml")
                .endsWith("correct it, or list its images in a file of images/shim [images-unreadable]");
    }

    @Test
    void orThrowWhenThereIsAnErrorListsAllFindings() throws IOException {
        LayoutReport report = LayoutValidator.standard().validate(context);

        assertThat(report.hasErrors()).isTrue();
        assertThatExceptionOfType(LayoutException.class)
                .isThrownBy(report::orThrow)
                .withMessage(report.findings().get(0).toString())
                .satisfies(e -> assertThat(e.report()).isSameAs(report));
    }

    @Test
    void orThrowWhenThereAreOnlyWarningsReturnsTheReport() throws IOException {
        write("manifests/README", "none yet");
        write("Kubefile", "FROM scratch\nCOPY manifests manifests\n");
        LayoutReport report = LayoutValidator.standard().validate(context);

        assertThat(report.orThrow()).isSameAs(report);
        assertThatExceptionOfType(LayoutException.class).isThrownBy(() -> report.orThrow(Severity.WARNING));
    }

    @Test
    void orThrowWhenThereAreOthersHasOnlyTheRefusedAsParts() throws IOException {
        write("manifests/README", "none yet");
        write("Kubefile", "FROM scratch\nCOPY manifests manifests\nCOPY missing /\n");
        LayoutReport report = LayoutValidator.standard().validate(context);

        assertThat(report.findings()).hasSizeGreaterThan(1);
        assertThatExceptionOfType(LayoutException.class)
                .isThrownBy(report::orThrow)
                .satisfies(thrown -> assertThat(thrown.parts())
                        .singleElement()
                        .satisfies(part -> assertThat(part.place()).startsWith("Kubefile:3")));
    }

    @Test
    void validateWhenPathIsNoDirectoryThrows() {
        Path missing = context.resolve("missing");

        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> LayoutValidator.standard().validate(missing))
                .withMessage(missing + ": there is no such directory; check the path");
    }

    private List<String> findings() throws IOException {
        return LayoutValidator.standard().validate(context).findings().stream()
                .map(Finding::toString)
                .toList();
    }

    private void write(String path, String content) throws IOException {
        Path file = context.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
