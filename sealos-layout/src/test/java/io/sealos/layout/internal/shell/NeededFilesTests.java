package io.sealos.layout.internal.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealos.layout.internal.shell.NeededFiles.Need;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NeededFilesTests {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bash install.sh                                  | install.sh",
                "bash -ex ./install.sh now                        | install.sh",
                "NAME=x sudo bash install.sh                      | install.sh",
                "source scripts/env.sh && ./run                   | scripts/env.sh",
                "kubectl apply -n a -f app.yaml                   | app.yaml",
                "kubectl apply -k manifests/base/                 | manifests/base",
                "helm upgrade -i app charts/app -f 'my values.yaml' | charts/app",
                "cp -a opt/k9s /usr/local/bin                     | opt/k9s",
                "opt/tool --version                               | opt/tool",
                "if ! bash check.sh; then exit 1; fi              | check.sh",
                "tar -zxf opt/cni.tgz -C /opt/cni                 | opt/cni.tgz",
                "mkdir -p manifests/made; bash \"a b.sh\"          | a b.sh"
            })
    void ofWhenACommandNamesAFileFindsIt(String command, String file) {
        assertThat(paths(command)).contains(file);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bash $SCRIPT",
                "bash -c 'kubectl apply -f app.yaml'",
                "bash /usr/bin/start.sh",
                "cd manifests && kubectl apply -f app.yaml",
                "kubectl apply -f https://example.com/app.yaml",
                "cat app.yaml | kubectl apply -f -",
                "kubectl get -f app.yaml",
                "kubectl apply -f manifests/*.yaml",
                "helm repo add a charts/b",
                "helm pull a/b -d charts; helm install b charts/b",
                "mkdir -p opt/x && cp opt/x/tool /usr/bin",
                "sed s/a/b/ app.tmpl > app.yaml; kubectl apply -f app.yaml",
                "wget https://example.com/app.yaml; kubectl apply -f app.yaml",
                "[ -f extra.sh ] && bash extra.sh",
                "echo done # bash install.sh",
                "echo 'bash install.sh'",
                "cp ../outside/opt/x /usr/bin"
            })
    void ofWhenNothingIsSureNamesNothing(String command) {
        assertThat(paths(command)).isEmpty();
    }

    @Test
    void ofWhenAScriptHasHeredocsAndContinuationsKnowsTheLines() {
        String script = """
                #!/usr/bin/env bash
                cat <<EOF > made.yaml
                bash inside.sh
                EOF
                helm upgrade -i app \\
                  charts/app
                kubectl apply -f made.yaml
                bash last.sh
                """;

        assertThat(NeededFiles.of(script))
                .containsExactly(new Need("charts/app", 6, false), new Need("last.sh", 8, true));
    }

    private static List<String> paths(String command) {
        return NeededFiles.of(command).stream().map(Need::path).toList();
    }
}
