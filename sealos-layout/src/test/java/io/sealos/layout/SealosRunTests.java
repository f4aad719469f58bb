package io.sealos.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealos.images.ImageScanner;
import io.sealos.kubefile.BuildOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the findings about the run of an image by an unmodified sealos, and the cases without findings. */
class SealosRunTests {
    private static final String SHA = "sha256:" + "0".repeat(64);

    @TempDir
    Path context;

    @BeforeEach
    void writeManifest() throws IOException {
        write("manifests/app.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: app\n");
    }

    private void kubefile(String... lines) throws IOException {
        write("Kubefile", "FROM scratch\nCOPY . .\n" + String.join("\n", lines) + "\n");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '^',
            delimiter = '~',
            value = {
                "[\"a &\", \"b\"]~a ; stands where none can",
                "[\"a;\", \"b\"]~a ;; stands where none can",
                "[\"a\", \"\", \"b\"]~a ; stands where none can",
                "[\"# a\", \"b\"]~it ends where a command is still to come or to be closed",
                "[\"if a\", \"then b\", \"fi\"]~a then stands where none can",
                "[\"echo 'x\", \"b\"]~a ' is never closed",
                "[\"$EMPTY\", \"b\"]~a ; stands where none can"
            })
    void validateWhenBashRefusesTheCommandsSaysWhy(String cmd, String reason) throws IOException {
        kubefile("ENV EMPTY=\"\"", "CMD " + cmd);

        assertThat(of("command-shell-refused"))
                .singleElement()
                .asString()
                .startsWith("Kubefile:4:")
                .contains("error: bash refuses the line that sealos makes of the commands, and none of them runs: "
                        + reason + "; write commands that are whole");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[\"a && b\", \"c &\"]",
                "[\"for i in 1 2; do echo $$i; done\", \"c;\"]",
                "[\"bash -c 'a; b'\", \"echo # c\"]",
                "bash run.sh \"a b\" # why",
                "[\"/bin/sh\", \"-c\", \"a\"]",
                "[\"cat <<E > f\\nx\\nE\\ntrue\", \"c\"]"
            })
    void validateWhenBashTakesTheCommandsIsSilent(String cmd) throws IOException {
        kubefile("CMD " + cmd);

        assertThat(of("command-shell-refused")).isEmpty();
        assertThat(of("command-swallowed")).isEmpty();
        assertThat(of("command-quoted")).isEmpty();
    }

    @Test
    void validateWhenACommentSwallowsCommandsReportsItOnce() throws IOException {
        kubefile("CMD [\"a # x\", \"b\", \"c\"]");

        assertThat(of("command-swallowed"))
                .containsExactly(
                        "Kubefile:3:6: warning: the command makes 'b' part of itself, because sealos joins them"
                                + " to one line: it does not run; leave the comment out, close each quote where it was opened,"
                                + " or put it into a script [command-swallowed]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CMD \"echo ready\"", "ENTRYPOINT 'echo ready'", "CMD [\"'echo ready'\"]"})
    void validateWhenACommandKeepsItsQuotesSaysWhatTheShellLooksFor(String line) throws IOException {
        kubefile(line);

        assertThat(of("command-quoted"))
                .singleElement()
                .asString()
                .contains("the shell looks for a program named 'echo ready'; write it as a list, [\"echo ready\"]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CMD \"a b\" \"c d\"", "CMD [\"echo\"]", "CMD \"echo\"", "CMD [\"\\\"$DIR/run it\\\"\"]"})
    void validateWhenQuotesAreMeantIsSilent(String line) throws IOException {
        kubefile(line);

        assertThat(of("command-quoted")).isEmpty();
    }

    @Test
    void validateWhenOnlyRegistryIsInTheImageSaysThatNothingCanRun() throws IOException {
        write("Kubefile", "FROM scratch\nUSER 65532:65532\nCOPY registry registry\nCMD [\"echo ready\"]\n");
        assertThat(of("work-directory-missing")).singleElement().asString().startsWith("Kubefile:4:1: error: ");

        write("Kubefile", "FROM scratch\nCOPY registry registry\nCOPY manifests m\nCMD [\"echo ready\"]\n");
        assertThat(of("work-directory-missing")).isEmpty();

        write("Kubefile", "FROM scratch\nWORKDIR /app\nCOPY registry /registry\nCMD [\"echo ready\"]\n");
        assertThat(of("work-directory-missing")).isEmpty();

        write("Kubefile", "FROM scratch\nCOPY registry registry\n");
        assertThat(of("work-directory-missing")).isEmpty();

        write("Kubefile", "FROM scratch\nCMD [\"echo ready\"]\n");
        assertThat(of("work-directory-missing"))
                .singleElement()
                .asString()
                .contains("the image has no files: the directory");
    }

    @Test
    void validateWhenARootfsNamesItsScriptsLooksForThese() throws IOException {
        for (String script :
                List.of("check.sh", "prepare.sh", "clean.sh", "init-registry.sh.tmpl", "clean-registry.sh")) {
            write("scripts/" + script, "#!/usr/bin/env bash\n");
        }
        kubefile(
                "LABEL sealos.io.type=rootfs sealos.io.version=v1beta1 version=v1.26.0",
                "LABEL init=\"prepare.sh \\$registryDomain\" init-cri=init-cri.sh");

        assertThat(findings())
                .containsExactly("Kubefile:4:51: warning: the label init-cri names scripts/init-cri.sh, which the image"
                        + " will not have; add scripts/init-cri.sh and copy it, or name the existing script with the"
                        + " label init-cri [rootfs-script-missing]");
    }

    @Test
    void validateWhenARootfsHasNoScriptsMissesThemByTheirUsualNames() throws IOException {
        kubefile("LABEL sealos.io.type=rootfs sealos.io.version=v1beta1 version=1.26");

        assertThat(of("rootfs-script-missing")).hasSize(5);
        assertThat(of("rootfs-version-invalid"))
                .containsExactly(
                        "Kubefile:3:63: warning: '1.26' is not a full version of Kubernetes, and kubeadm refuses"
                                + " it when the cluster is started; write all three numbers, such as v1.26.0"
                                + " [rootfs-version-invalid]");
    }

    @Test
    void validateWhenTheTypeIsEmptyTakesTheImageForAnApplication() throws IOException {
        kubefile("LABEL sealos.io.type=\"\"", "CMD [\"true\"]");

        assertThat(findings()).isEmpty();
    }

    @Test
    void validateWhenAnApplicationSetsWhatSealosSetsForARootfsCallsItReservedOnly() throws IOException {
        kubefile("ENV SEALOS_SYS_KUBE_VERSION=v1 SEALOS_SYSTEM=x SEALOS=y", "CMD [\"true\"]");

        assertThat(of("env-set-by-sealos")).isEmpty();
        assertThat(of("env-reserved")).hasSize(2);
    }

    @Test
    void validateWhenAValueHasASingleQuoteSaysWhatSudoMakesOfIt() throws IOException {
        kubefile("ENV A=\"it's\"", "CMD [\"true\"]");

        assertThat(findings())
                .containsExactly(
                        "Kubefile:3:7: warning: the value of A has a single quote: sealos writes export A=\"…\""
                                + " around it, and the shell gets a double one of it, which ends the value, where a user has root"
                                + " by sudo only; do without the character, or read the value from a file in a script"
                                + " [env-value-unsafe]");
    }

    @Test
    void validateWhenAValueHasBackslashesReportsThoseThatTheShellChanges() throws IOException {
        kubefile("ENV A='a\\b' B='a\\\\b' C='a\\'", "CMD [\"true\"]");

        assertThat(of("env-value-unsafe"))
                .satisfiesExactly(
                        b -> assertThat(b)
                                .contains("the value of B has a double backslash", "makes a single one of it"),
                        c -> assertThat(c).contains("the value of C has a backslash at its end"));
    }

    @Test
    void validateWhenTheImageLabelHasADollarReportsIt() throws IOException {
        kubefile("ENV registryDomain=sealos.hub", "LABEL image=$registryDomain/lvscare:v1", "CMD [\"true\"]");

        assertThat(of("label-dollar")).singleElement().asString().contains("into the label image");
    }

    @Test
    void validateWhenAListNamesOneImageTwiceTellsTagFromDigest() throws IOException {
        kubefile("CMD [\"true\"]");
        write(
                "images/shim/list",
                "nginx:1\n\"docker.io/library/nginx:1\"\nquay.io/library/nginx:1\n" + "q.io/a/b:1@" + SHA
                        + "\nq.io/a/b:2@" + SHA + "\n");

        assertThat(of("shim-duplicate"))
                .containsExactly(
                        "images/shim/list:2:1: info: \"docker.io/library/nginx:1\" is listed at images/shim/list:1 already;"
                                + " remove the line [shim-duplicate]",
                        "images/shim/list:5:1: info: q.io/a/b:2@" + SHA + " is listed at images/shim/list:4 already;"
                                + " remove the line [shim-duplicate]");
        assertThat(of("image-digest-only")).hasSize(2).allMatch(it -> it.contains("drops the tag in a list"));
    }

    @Test
    void validateWhenATagStandsWithTwoDigestsReportsTheCollision() throws IOException {
        kubefile("CMD [\"true\"]");
        write("manifests/a.yaml", pod("q.io/a/b:1@" + SHA));
        write("manifests/b.yaml", pod("q.io/a/b:1@sha256:" + "1".repeat(64)));
        assertThat(of("image-path-collision"))
                .singleElement()
                .asString()
                .contains("a/b:1 is asked for by 2 digests, but the cluster's registry keeps one image of that name");

        write("manifests/b.yaml", pod("r.io/a/b:1@" + SHA));
        assertThat(of("image-path-collision")).singleElement().asString().contains("from q.io and r.io");
        assertThat(of("image-digest-only")).isEmpty();

        write("manifests/b.yaml", pod("q.io/a/b:1"));
        assertThat(of("image-path-collision")).isEmpty();

        write("manifests/a.yaml", pod("localhost/a:1"));
        write("manifests/b.yaml", pod("q.io/a:1"));
        assertThat(of("image-path-collision")).isEmpty();

        write("manifests/b.yaml", pod("q.io/localhost/a:1"));
        assertThat(of("image-path-collision")).singleElement().asString().contains("localhost/a:1 is asked for from");
    }

    @ParameterizedTest
    @CsvSource({
        "app:1, 'sealos stores the image under app, and a node asks for library/app; write library/app:1'",
        "quay.io/team/app, 'sealos stores the image under quay.io/team/app, and a node asks for team/app; write team/app'",
        "q.io:5/team/app:1, 'sealos refuses q.io:5/team/app:1, because it takes the whole of it for a path in the registry'"
    })
    void validateWhenAnArchiveHasANameThatNobodyAsksForSaysWhich(String name, String message) throws IOException {
        kubefile("CMD [\"true\"]");
        write("images/skopeo/a.tar", "x");
        write("images/skopeo/tar.txt", "docker-archive:a.tar@" + name + "\n");

        assertThat(of("tar-list-name")).singleElement().asString().contains(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"team/app:1", "library/app", "localhost/app:1"})
    void validateWhenAnArchiveHasANameThatANodeAsksForIsSilent(String name) throws IOException {
        kubefile("CMD [\"true\"]");
        write("images/skopeo/a.tar", "x");
        write("images/skopeo/tar.txt", "oci-archive:a.tar@" + name + "\n");

        assertThat(of("tar-list-name")).isEmpty();
    }

    @Test
    void validateWhenAnArchiveIsNamedWithAnImageInItLooksForTheFile() throws IOException {
        kubefile("CMD [\"true\"]");
        write("images/skopeo/a.tar", "x");
        write("images/skopeo/tar.txt", "docker-archive:a.tar:x/y:1@team/a:1\ndocker-archive:/b.tar@team/b:1\n");

        assertThat(of("tar-list-archive-missing"))
                .containsExactly(
                        "images/skopeo/tar.txt:2:1: error: there is no archive images/skopeo/b.tar; put the archive"
                                + " there [tar-list-archive-missing]");
    }

    @ParameterizedTest
    @CsvSource({"application, true", "patch, true", "rootfs, false"})
    void validateWhenACommandUsesTheVersionOfKubernetesKnowsWhoHasIt(String type, boolean unknown) throws IOException {
        kubefile("LABEL sealos.io.type=" + type + " version=v1.26.0", "CMD [\"echo $SEALOS_SYS_KUBE_VERSION\"]");

        assertThat(of("command-variable-unknown")).hasSize(unknown ? 1 : 0);
    }

    @Test
    void validateWhenARootfsSetsWhatSealosSetsSaysWhereItWins() throws IOException {
        kubefile("LABEL sealos.io.type=rootfs", "ENV SEALOS_SYS_SEALOS_VERSION=1 SEALOS_SYS_RUN_MODE=2");

        assertThat(of("env-set-by-sealos"))
                .containsExactly(
                        "Kubefile:4:31: warning: sealos has a value of its own for SEALOS_SYS_SEALOS_VERSION, which wins in"
                                + " the commands and templates of a rootfs, while the shell gets this one; remove it"
                                + " [env-set-by-sealos]",
                        "Kubefile:4:53: warning: sealos has a value of its own for SEALOS_SYS_RUN_MODE, which wins in the"
                                + " templates of a rootfs, while the shell gets this one; remove it [env-set-by-sealos]");
        assertThat(of("env-reserved")).isEmpty();
    }

    private static String pod(String image) {
        return "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n    - name: a\n      image: "
                + image + "\n";
    }

    private List<String> of(String rule) throws IOException {
        return findings().stream().filter(it -> it.endsWith("[" + rule + "]")).toList();
    }

    private List<String> findings() throws IOException {
        ImageScanner scanner = ImageScanner.builder().build();
        return LayoutValidator.standard()
                .validate(ClusterImageLayout.open(context, BuildOptions.defaults(), scanner))
                .findings()
                .stream()
                .map(Finding::toString)
                .toList();
    }

    private void write(String path, String content) throws IOException {
        Files.createDirectories(context.resolve(path).getParent());
        Files.writeString(context.resolve(path), content);
    }
}
