package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealos.images.ScanProblem.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands of programs that install what they bring or fetch themselves. */
class InstallerTests {
    @TempDir
    private Path context;

    @ParameterizedTest
    @CsvSource({
        "istioctl install --set profile=demo -y, istioctl install",
        "/opt/istioctl --context c operator init, istioctl operator init",
        "sudo cilium install --chart-directory charts/cilium, cilium install",
        "flux --namespace flux install -v 2.3.0, flux install",
        "velero install --plugins x/y:1 --dry-run=false, velero install",
        "helmfile --file h.yaml apply, helmfile apply",
        "kbcli addon enable redis, kbcli addon enable",
        "sealos run labring/helm:v3.8.2, sealos run",
        "kubectl-minio init, kubectl-minio init",
        "kubectl minio init --namespace minio, kubectl-minio init",
        "kubectl --context c kots install app/stable, kubectl-kots install",
        "if kubectl get ns a; then velero install --bucket b; fi, velero install",
        "istioctl install -f - <<< 'spec: {hub: r.io/x}', istioctl install"
    })
    void reportsAGapWhenAProgramInstallsWhatItBrings(String command, String shown) throws IOException {
        assertThat(scan(command).gaps()).satisfiesExactly(gap -> {
            assertThat(gap)
                    .hasToString("install.sh:2: '" + shown + "' installs what the program brings or fetches, so its"
                            + " images are not known");
            assertThat(gap.kind()).isEqualTo(Kind.INSTALLER);
            assertThat(gap.fix())
                    .isEqualTo("list its images in a file of images/shim, and accept this gap; or apply the manifests"
                            + " that it prints instead");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "istioctl version; istioctl analyze; istioctl install --help",
                "flux install --export > flux.yaml",
                "velero install --dry-run -o yaml",
                "kubectl minio init -o",
                "kubectl get deploy; kubectl rollout status deploy web; kubectl neat get deploy",
                "oc new-app install",
                "cilium status --wait; cilium hubble disable",
                "apt install velero; install -m 755 opt/istioctl /usr/bin; cp opt/flux /usr/bin/install",
                "echo istioctl install",
                "sealos images; sealos inspect run",
            })
    void reportsNoGapWhenNothingIsInstalled(String command) throws IOException {
        assertThat(scan(command).gaps()).isEmpty();
    }

    private ImageInventory scan(String command) throws IOException {
        Files.writeString(context.resolve("Kubefile"), "FROM scratch\nCOPY . .\nCMD [\"bash install.sh\"]\n");
        Files.writeString(context.resolve("install.sh"), "\n" + command);
        return ImageScanner.builder().build().scan(context);
    }
}
