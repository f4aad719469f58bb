package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealos.images.ScanProblem.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandNeedTests {
    @TempDir
    private Path context;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bash install.sh                                        | install.sh",
                "bash -ex ./install.sh now                              | install.sh",
                "NAME=x sudo bash install.sh                            | install.sh",
                "source scripts/env.sh && echo                          | scripts/env.sh",
                "kubectl apply -n a -f app.yaml                         | app.yaml",
                "kubectl -n a apply --filename=app.yaml                 | app.yaml",
                "kubectl apply -k manifests/base/                       | manifests/base",
                "kubectl cp etc/x.tgz pod:/root                         | etc/x.tgz",
                "helm upgrade -i app charts/app -f 'my values.yaml'     | my values.yaml",
                "helm upgrade -i app ./charts/app --wait                | charts/app",
                "helm install --generate-name team/app                  | team/app",
                "cp -a opt/k9s /usr/local/bin                           | opt/k9s",
                "cp opt/a opt/b /usr/local/bin                          | opt/b",
                "opt/tool --version                                     | opt/tool",
                "if ! bash check.sh; then exit 1; fi                    | check.sh",
                "tar -zxf opt/cni.tgz -C /opt/cni                       | opt/cni.tgz",
                "mkdir -p manifests/made; bash \"a b.sh\"               | a b.sh",
                "cd hack && ./up.sh                                     | hack",
                "CHARTS=${CHARTS:-./charts/app}; helm install a $CHARTS | charts/app",
                "f() { bash late.sh; }; f                               | late.sh",
                "for n in a b; do kubectl apply -f manifests/$n.yaml; done | manifests/b.yaml"
            })
    void findsWhatIsMissingWhenACommandNamesAFile(String command, String path) throws IOException {
        assertThat(missing(command)).contains(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bash $SCRIPT",
                "cp opt/$ARCH/tool /usr/bin",
                "bash -c 'true'",
                "bash /usr/bin/start.sh",
                "cd /tmp && bash install.sh",
                "kubectl apply -f https://example.com/app.yaml",
                "cat app.yaml | kubectl apply -f -",
                "kubectl get -f app.yaml",
                "kubectl apply -f manifests/*.yaml",
                "kubectl cp pod:opt/x /root",
                "helm repo add a charts/b",
                "helm pull a/b -d charts; helm install b charts/b",
                "mkdir -p opt/x && cp opt/x/tool /usr/bin",
                "sed s/a/b/ app.tmpl > app.yaml; kubectl apply -f app.yaml",
                "wget https://example.com/app.yaml; kubectl apply -f app.yaml",
                "[ -f extra.sh ] && bash extra.sh",
                "if [[ -f \"extra.sh\" ]]; then bash extra.sh; fi",
                "echo done # bash install.sh",
                "echo 'bash install.sh'",
                "cp ../outside/opt/x /usr/bin",
                "cat > made.yaml <<EOF\nbash inside.sh\nEOF\nkubectl apply -f made.yaml",
                "kubectl apply -f $(pwd)/app.yaml"
            })
    void findsNothingMissingWhenNothingIsSure(String command) throws IOException {
        assertThat(missing(command)).isEmpty();
    }

    @Test
    void followsDirectoryAndPlaceWhenAScriptRunsAnother() throws IOException {
        write("run.sh", """
                #!/usr/bin/env bash
                cd "$(dirname "${BASH_SOURCE[0]}")"
                bash scripts/enable.sh
                """);
        write("scripts/enable.sh", """
                cd "$(dirname "${BASH_SOURCE[0]}")"
                kubectl apply \\
                  -f ../manifests/app.yaml
                helm upgrade -i app ../charts/app
                """);
        write("manifests/app.yaml.tmpl", "kind: ConfigMap\n");

        List<CommandNeed> needs = needs("COPY . .", "bash run.sh");

        assertThat(needs)
                .extracting(CommandNeed::toString)
                .containsExactly(
                        "Kubefile:3: run.sh",
                        "run.sh:3: scripts/enable.sh",
                        "scripts/enable.sh:1: scripts",
                        "scripts/enable.sh:2: ../manifests/app.yaml",
                        "scripts/enable.sh:4: ../charts/app");
        assertThat(needs.get(3).source()).contains("manifests/app.yaml.tmpl");
        assertThat(needs.get(3).path()).contains("manifests/app.yaml");
        assertThat(needs.get(4).isThere()).isFalse();
        assertThat(needs.get(4).path()).contains("charts/app");
    }

    @Test
    void followsCopyWhenAFileHasAnotherPlaceInTheImage() throws IOException {
        write("src/tool", "#!/bin/sh\n");

        List<CommandNeed> needs = needs("COPY src/tool opt/tool", "cp opt/tool /usr/bin; cp opt/other /usr/bin");

        assertThat(needs).extracting(CommandNeed::isThere).containsExactly(true, false);
        assertThat(needs.get(0).source()).contains("src/tool");
        assertThat(needs.get(1).source()).isEmpty();
    }

    @Test
    void tellsAddressesFromFilesWhenACommandFetches() throws IOException {
        List<CommandNeed> needs = needs(
                "COPY . .",
                "kubectl apply -f https://example.com/a.yaml; helm install b oci://example.com/b;"
                        + " helm install c c --repo https://example.com/charts");

        assertThat(needs)
                .extracting(CommandNeed::name)
                .containsExactly("https://example.com/a.yaml", "oci://example.com/b", "https://example.com/charts");
        assertThat(needs).allSatisfy(need -> assertThat(need.path()).isEmpty());
    }

    @Test
    void saysWhatCameOfEachProblemWhenAScriptIsNotWhollyKnown() throws IOException {
        write("charts/app/Chart.yaml", "apiVersion: v2\nname: app\nversion: 1.0.0\n");
        write("run.sh", """
                helm upgrade -i app charts/app --set a=$(date)
                helm upgrade -i other charts/other
                bash none.sh
                if
                """);

        assertThat(scan("COPY . .", "bash run.sh").problems())
                .extracting(ScanProblem::kind)
                .containsExactly(Kind.ASSUMED, Kind.UNREAD, Kind.NOT_THERE, Kind.UNREAD);
    }

    @Test
    void reportsNoProblemWhenACommandInstallsWithTheValuesThatAChartWants() throws IOException {
        write("app/Chart.yaml", "apiVersion: v2\nname: app\nversion: 1.0.0\n");
        ImageScanner scanner = ImageScanner.builder()
                .chartRenderer(request -> request.values().settings().isEmpty()
                        ? RenderedChart.failed("a tag is required")
                        : RenderedChart.of("app", List.of(), List.of()))
                .build();

        write("Kubefile", "FROM scratch\nCOPY . .\nCMD [\"helm install app app --set tag=1\"]\n");
        assertThat(scanner.scan(context).problems()).isEmpty();

        write("Kubefile", "FROM scratch\nCOPY . .\nCMD [\"helm install app app\"]\n");
        assertThat(scanner.scan(context).problems())
                .extracting(ScanProblem::kind)
                .contains(Kind.NOT_RENDERED);
    }

    private List<String> missing(String command) throws IOException {
        return needs("COPY . .", command).stream()
                .filter(need -> !need.isThere())
                .flatMap(need -> need.path().stream())
                .toList();
    }

    @Test
    void equalsWhenOnlyTheTextIsTheSameIsFalse() {
        CommandNeed inLine = CommandNeed.ofAddress("a", 1, "x");

        assertThat(inLine)
                .hasSameHashCodeAs(CommandNeed.ofAddress("a", 1, "x"))
                .isEqualTo(CommandNeed.ofAddress("a", 1, "x"))
                .isNotEqualTo(CommandNeed.ofAddress("a:1", 0, "x"));
    }

    private List<CommandNeed> needs(String copy, String command) throws IOException {
        return scan(copy, command).commandNeeds();
    }

    private ImageInventory scan(String copy, String command) throws IOException {
        write("command.sh", command);
        boolean plain = command.indexOf('\n') < 0 && command.indexOf('"') < 0 && command.indexOf('$') < 0;
        write("Kubefile", "FROM scratch\n" + copy + "\n" + "CMD [\"" + (plain ? command : "bash command.sh") + "\"]\n");
        return ImageScanner.builder()
                .chartRenderer(request -> RenderedChart.of("app", List.of(), List.of()))
                .build()
                .scan(context);
    }

    private void write(String path, String content) throws IOException {
        Path file = context.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
