package io.sealos.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealos.images.ImageScanner;
import io.sealos.images.RenderedChart;
import io.sealos.kubefile.BuildOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One cause, one finding: what directories as people write them get, and what they do not get. */
class FindingCasesTests {
    private static final String RUN_INIT =
            "; run 'bash init.sh ARCH NAME VERSION' in the directory before the build, where there is a network ";

    @TempDir
    Path context;

    @Test
    void validateWhenInitScriptBringsTheChartThatAScriptInstallsSaysThatOnly() throws IOException {
        write("Kubefile", "FROM scratch\nCOPY . .\nCMD [\"bash entrypoint.sh\"]\n");
        write("entrypoint.sh", """
                #!/usr/bin/env bash
                cd "$(dirname "${BASH_SOURCE[0]}")"
                CHARTS=${CHARTS:-"./charts/app"}
                helm upgrade -i app ${CHARTS} -f charts/extra.yaml
                """);
        write("init.sh", "#!/usr/bin/env bash\nhelm pull team/app -d charts --untar\n");

        assertThat(findings())
                .containsExactly("init.sh: warning: the script has not been run, and what it is to bring is missing:"
                        + " charts/app, charts/extra.yaml" + RUN_INIT + "[init-not-run]");

        write("charts/app/Chart.yaml", "apiVersion: v2\nname: app\nversion: 1.0.0\n");
        write("charts/extra.yaml", "a: 1\n");
        assertThat(findings()).isEmpty();
    }

    @Test
    void validateWhenInitScriptWritesListsOfImagesMissesThem() throws IOException {
        write("Kubefile", "FROM scratch\nCOPY . .\nCMD [\"true\"]\n");
        write("init.sh", "#!/usr/bin/env bash\nmkdir -p images/shim\necho app:1.0 > images/shim/app\n");

        assertThat(findings())
                .containsExactly("init.sh: warning: the script has not been run, and what it is to bring is missing:"
                        + " images/shim" + RUN_INIT + "[init-not-run]");

        write("images/shim/app", "registry.example/app:1.0\n");
        assertThat(findings()).isEmpty();
    }

    @Test
    void validateWhenInitScriptOnlyRemovesListsOfImagesMissesNone() throws IOException {
        write("Kubefile", "FROM scratch\nCOPY . .\nCMD [\"true\"]\n");
        write("init.sh", "#!/usr/bin/env bash\nrm -rf images/shim\n");

        assertThat(findings()).isEmpty();
    }

    @Test
    void validateWhenInitScriptWritesTheBuildFileSaysThatOnly() throws IOException {
        write(
                "init.sh",
                "#!/usr/bin/env bash\necho app:1 > images/shim/app\ncat > Kubefile <<EOF\nFROM scratch\nEOF\n");

        assertThat(findings())
                .containsExactly(".: error: there is no build file yet: init.sh, which writes it, has not been run"
                        + RUN_INIT + "[kubefile-missing]");
    }

    @Test
    void validateWhenScriptsAreNotExecutableAndCalledByBashFindsNothing() throws IOException {
        write("Kubefile", "FROM scratch\nCOPY . .\nCMD [\"bash run.sh\"]\n");
        write("run.sh", "#!/usr/bin/env bash\nset -e\nbash scripts/next.sh && ./scripts/next.sh\n");
        write("scripts/next.sh", "#!/usr/bin/env bash\n");
        write("init.sh", "#!/usr/bin/env bash\necho \"Usage: ./$0 ARCH\"\n");
        for (String script : List.of("run.sh", "scripts/next.sh", "init.sh")) {
            Files.setPosixFilePermissions(context.resolve(script), PosixFilePermissions.fromString("rw-r--r--"));
        }

        assertThat(findings()).isEmpty();
    }

    @Test
    void validateWhenInitScriptIsCalledByItsPathAndNotExecutablePointsAtTheCall() throws IOException {
        write("Kubefile", "FROM scratch\nCOPY app .\nCMD [\"true\"]\n");
        write("app", "");
        write("Makefile", "build:\n\t./init.sh amd64 app 1.0\n");
        write("init.sh", "#!/usr/bin/env bash\n");
        Files.setPosixFilePermissions(context.resolve("init.sh"), PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(findings())
                .containsExactly("Makefile:2:1: info: init.sh is called by its path, and is not executable; chmod +x"
                        + " init.sh, or call it as 'bash init.sh' [init-script-start]");
    }

    @Test
    void validateWhenACommandMisspellsAFileNamesTheRightOne() throws IOException {
        write("Kubefile", "FROM scratch\nCOPY . .\nCMD [\"kubectl apply -f ./manifests/app.yml\"]\n");
        write("manifests/app.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: app\n");

        assertThat(findings())
                .containsExactly("Kubefile:3:6: warning: the command needs ./manifests/app.yml, which the cluster image"
                        + " will not have; write manifests/app.yaml, which is there [command-file-missing]");
    }

    @Test
    void validateWhenAScriptNeedsWhatIsNotThereShowsTheWordInTheScript() throws IOException {
        write("Kubefile", "FROM scratch\nCOPY run.sh .\nCMD [\"bash run.sh\"]\n");
        write("run.sh", "#!/usr/bin/env bash\nkubectl apply \\\n  -f manifests/app.yaml\n");
        assertThat(findings())
                .containsExactly("run.sh:3:6: warning: the command needs manifests/app.yaml, which the cluster image"
                        + " will not have; add it to the directory, and copy it [command-file-missing]");

        write("manifests/app.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: app\n");
        assertThat(findings())
                .containsExactly("run.sh:3:6: warning: the command needs manifests/app.yaml, which the cluster image"
                        + " will not have; copy it: COPY manifests/app.yaml manifests/app.yaml [command-file-missing]");
    }

    @Test
    void validateWhenTheIgnoreFileHidesWhatAScriptNeedsSaysWhich() throws IOException {
        write("Kubefile", "FROM scratch\nCOPY . .\nCMD [\"bash run.sh\"]\n");
        write("run.sh", "#!/usr/bin/env bash\nkubectl apply -f manifests/app.yaml\n");
        write("manifests/app.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: app\n");
        write(".dockerignore", "manifests\n");

        assertThat(findings())
                .containsExactly("run.sh:2:18: warning: the command needs manifests/app.yaml, which the ignore file"
                        + " hides; take it out of the ignore file, or add a line !manifests/app.yaml"
                        + " [needed-file-ignored]");
    }

    @Test
    void validateWhenAKustomizationReplacesAnImageWantsNoVersionOfIt() throws IOException {
        write("Kubefile", "FROM scratch\nCOPY . .\nCMD [\"kubectl apply -k manifests\"]\n");
        write("manifests/base/pod.yaml", """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: app
                spec:
                  containers:
                    - name: app
                      image: app
                    - name: other
                      image: other
                """);
        write("manifests/kustomization.yaml", """
                resources: [base/pod.yaml]
                images:
                  - name: app
                    newName: registry.example/app
                    newTag: "1.0"
                """);

        assertThat(findings())
                .containsExactly("manifests/base/pod.yaml:10:14: info: other has no tag, which means latest: each build"
                        + " ships the version that is newest on its day, tested or not; name the version that was tested: other:TAG"
                        + " [image-without-version]");
    }

    @Test
    void validateWhenACommandGivesHelmSeveralUnknownValuesSaysSoOnce() throws IOException {
        write("Kubefile", "FROM scratch\nCOPY . .\nCMD [\"bash run.sh\"]\n");
        write("run.sh", "#!/usr/bin/env bash\nhelm upgrade -i app charts/app --set a=$(date),b=$(date) $OPTS\n");
        write("charts/app/Chart.yaml", "apiVersion: v2\nname: app\nversion: 1.0.0\n");

        assertThat(findings())
                .containsExactly("run.sh:2:1: info: the variable OPTS has no value; helm was taken to get an empty one;"
                        + " the value of --set a is not known (the output of date); the chart's own was taken; the value"
                        + " of --set b is not known (the output of date); the chart's own was taken; where the site's own"
                        + " values bring other images, list these in a file of images/shim [images-assumed]");
    }

    @Test
    void validateWhenAChartRendersWithNoValuesSaysSoOnce() throws IOException {
        write("Kubefile", "FROM scratch\nCOPY . .\nCMD [\"helm install app charts/app --set a=b\"]\n");
        write("charts/app/Chart.yaml", "apiVersion: v2\nname: app\nversion: 1.0.0\n");
        ImageScanner scanner = ImageScanner.builder()
                .chartRenderer(request -> RenderedChart.failed("a tag is required"))
                .build();

        assertThat(findings(scanner))
                .containsExactly("charts/app: warning: the chart does not render with the values of helm install app"
                        + " (Kubefile:3): a tag is required; give it the values that it wants in the command that installs it, with"
                        + " -f or --set, or list its images in a file of images/shim"
                        + " [images-unreadable]");
    }

    @Test
    void validateWhenATemplateTestsAVariableBeforeItPrintsItFindsNothing() throws IOException {
        write("Kubefile", "FROM scratch\nCOPY . .\nCMD [\"kubectl apply -f manifests\"]\n");
        write(
                "manifests/app.yaml.tmpl",
                "{{- if .directory }}\ndirectory: {{ .directory }}\n{{- end }}\nname: {{ .title }}\n");

        assertThat(findings())
                .containsExactly("manifests/app.yaml.tmpl:4:7: warning: the image does not set title: where the site"
                        + " does not either, the template prints <no value>; set it with ENV, or write {{ default \"…\""
                        + " .title }} [template-variable-unknown]");
    }

    private List<String> findings() throws IOException {
        return findings(ImageScanner.builder()
                .chartRenderer(request -> RenderedChart.of("app", List.of(), List.of()))
                .build());
    }

    private List<String> findings(ImageScanner scanner) throws IOException {
        ClusterImageLayout layout = ClusterImageLayout.open(context, BuildOptions.defaults(), scanner);
        return LayoutValidator.standard().validate(layout).findings().stream()
                .map(Finding::toString)
                .toList();
    }

    private void write(String path, String content) throws IOException {
        Path file = context.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
