package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealos.images.ScanProblem.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests the images of manifests outside of the standard directory that commands apply, and of those that commands name.
 */
class AppliedManifestTests {
    @TempDir
    private Path context;

    @BeforeEach
    void writeContext() throws IOException {
        write("app.yaml", pod("r.io/app:1"));
        write("deploy/a.yaml", pod("r.io/a:1"));
        write("deploy/b.yml", pod("r.io/b:1"));
        write("deploy/c.txt", pod("r.io/c:1"));
        write("deploy/sub/d.json", "{\"spec\": {\"containers\": [{\"image\": \"r.io/d:1\"}]}}");
        write("vars.yaml", pod("r.io/v:${TAG}"));
        write("marks.yaml", pod("r.io/m:__VERSION__"));
        write("etc/t.yaml.tmpl", pod("r.io/t:1"));
        for (int i = 1; i <= 2; i++) {
            write("base" + i + "/kustomization.yaml", "resources: [p.yaml]\nimages: [{name: k, newName: r.io/k}]\n");
            write("base" + i + "/p.yaml", pod("k:" + i));
        }
        write("charts/web/Chart.yaml", "apiVersion: v2\nname: web\nversion: 1.0.0\n");
        write("Kubefile", "FROM scratch\nCOPY . .\nCMD [\"bash install.sh\"]\n");
    }

    static Stream<Arguments> scripts() throws IOException {
        try (InputStream in = AppliedManifestTests.class.getResourceAsStream("applied-manifests.txt")) {
            String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(text.split("====\n"))
                    .map(it -> it.split("--->\n", -1))
                    .map(it -> Arguments.of(it[0], it[1].lines().toList()));
        }
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void findsTheImagesOfWhatTheScriptApplies(String script, List<String> images) throws IOException {
        write("install.sh", script);

        ImageInventory inventory = scan();

        assertThat(inventory.references())
                .extracting(ImageReference::familiarString)
                .containsExactlyElementsOf(images);
        assertThat(inventory.gaps()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "kubectl apply -f https://x.org/a.yaml # REMOTE # the manifest is at the address https://x.org/a.yaml, so"
                        + " its images are not known",
                "kubectl apply -k github.com/x/y//z?ref=v1 # REMOTE # the kustomization is at the address"
                        + " github.com/x/y//z?ref=v1, so its images are not known",
                "curl -s https://x.org/a.yaml | sed s/a/b/ | kubectl apply -f - # REMOTE # the manifest is at the"
                        + " address https://x.org/a.yaml, so its images are not known",
                "wget -q https://x.org/a.yaml && kubectl apply -f a.yaml # REMOTE # the manifest is at the address"
                        + " https://x.org/a.yaml, so its images are not known",
                "git clone https://x.org/r.git; kubectl apply -f r/d # REMOTE # the manifest 'r/d' is not among the files"
                        + " that the image gets, and may come from https://x.org/r.git; its images are not known",
                "helm repo add b https://x.org/c; helm install a b/c # REMOTE # the chart 'b/c' comes from https://x.org/c,"
                        + " so its images are not known",
                "kubectl apply -f /root/a.yaml # UNREAD # the manifest '/root/a.yaml' is not among the files that the"
                        + " image gets; its images are not known",
                "kubectl apply -f $DIR/a.yaml # UNREAD # the manifest '${DIR}/a.yaml' is not known (the variable DIR,"
                        + " which nothing sets), and neither are its images",
                "awk 1 app.yaml | kubectl apply -f - # UNREAD # the applied objects are not known (the output of awk), and neither"
                        + " are their images",
                "sed -n 's/x/y/w z' marks.yaml | kubectl apply -f - # UNREAD # the image 'r.io/m:__VERSION__' is changed"
                        + " before it is applied, and what it becomes is not known",
                "yq '.spec.containers[0].image=\"x\"' app.yaml | kubectl apply -f - # UNREAD # what is applied is taken as it is"
                        + " before, but what yq changes is not known, and may be images",
                "yq -i '.a.version=1' app.yaml; kubectl apply -f app.yaml # UNREAD # what is applied is taken as it is"
                        + " before, but what yq changes is not known, and may be images",
                "envsubst < vars.yaml | kubectl apply -f - # UNSET # the image 'r.io/v:${TAG}' is not known (the"
                        + " variable TAG, which nothing sets)",
                "kubectl apply -f - <<< \"image: r.io/w:$V\" # UNSET # the image 'r.io/w:${V}' is not known (the variable V,"
                        + " which nothing sets)",
                "kubectl create deploy w --image r.io/w:$V # UNSET # the image 'r.io/w:${V}' is not known (the variable V,"
                        + " which nothing sets)",
                "kubectl apply -f - <<< \"image: r.io/w:$(kubectl get cm v)\" # UNSET # the image 'r.io/w:…' is not known"
                        + " (the output of kubectl)",
                "kubectl run w --image r.io/Wrong # UNSET # the image 'r.io/Wrong' of kubectl run is not valid:"
                        + " 'r.io/Wrong' is not an image reference: its repository 'Wrong' has upper-case letters; write it in lower case"
            })
    void reportsAGapWhenImagesAreNotKnown(String command, Kind kind, String message) throws IOException {
        write("install.sh", "\n" + command);

        assertThat(scan().gaps()).satisfiesExactly(gap -> {
            assertThat(gap).hasToString("install.sh:2: " + message);
            assertThat(gap.kind()).isEqualTo(kind);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kubectl delete -f app.yaml",
                "kubectl wait --for=condition=Ready -f app.yaml",
                "kubectl apply view-last-applied -f app.yaml",
                "echo kubectl apply -f app.yaml",
                "A=delete; kubectl $A -f app.yaml",
                "kubectl apply --dry-run=server -f app.yaml; kubectl create -f app.yaml --dry-run=client -o yaml > x",
                "kubectl get cm x -o yaml | sed s/a/b/ | jq . | kubectl apply -f -",
                "kubectl create ns x --dry-run=client -o yaml | kubectl apply -f -",
                "helm template web charts/web | kubectl apply -f -",
                "helm template web charts/web --output-dir out; kubectl apply -R -f out",
                "if [ -f extra.yaml ]; then kubectl apply -f extra.yaml; fi",
                "unzip x.zip; [[ -f extra.yaml ]] && kubectl apply -f extra.yaml",
                "if [ -n \"$EXTRA\" ]; then kubectl apply -f $EXTRA; fi",
                "put() { kubectl apply -f $1 <<< $2; }; $1",
                "docker ps; crictl images; ctr -n k8s.io images ls; docker push r.io/x:1"
            })
    void findsNothingAndNoGapWhenNothingIsBrought(String command) throws IOException {
        write("install.sh", command);

        ImageInventory inventory = scan();

        assertThat(inventory.references()).isEmpty();
        assertThat(inventory.gaps()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "curl -sL https://x.org/i.sh | bash -s -- -y",
                "wget -qO- https://x.org/i.sh | sh",
                "bash <(curl -s https://x.org/i.sh)",
                "bash -c \"$(curl -fsSL https://x.org/i.sh)\"",
                "curl -o i.sh https://x.org/i.sh && bash i.sh",
                "source <(curl -s https://x.org/i.sh)"
            })
    void reportsAGapWhenAScriptComesFromAnAddress(String command) throws IOException {
        write("install.sh", command);

        ImageInventory inventory = scan();

        assertThat(inventory.gaps()).satisfiesExactly(problem -> {
            assertThat(problem.message())
                    .isEqualTo("the script at the address https://x.org/i.sh is not known, nor what it installs");
            assertThat(problem.kind()).isEqualTo(Kind.REMOTE);
        });
    }

    @Test
    void namesFileAndCommandsWhenAManifestIsApplied() throws IOException {
        write("manifests/m.yaml", pod("r.io/m:1"));
        write("install.sh", """
                kubectl apply -f app.yaml
                cat app.yaml | kubectl apply -f -
                kubectl apply -f manifests/m.yaml
                kubectl run x --image=r.io/x:1
                kubectl apply -f - <<EOF
                spec: {containers: [{image: r.io/h:1}]}
                EOF
                """);

        ImageInventory inventory = scan();

        assertThat(inventory.occurrences())
                .extracting(
                        it -> it.reference().familiarString() + " " + it.file() + ":" + it.line() + " " + it.commands())
                .containsExactly(
                        "r.io/m:1 manifests/m.yaml:6 [install.sh:3]",
                        "r.io/app:1 app.yaml:6 [install.sh:1, install.sh:2]",
                        "r.io/x:1 install.sh:4 [install.sh:4]",
                        "r.io/h:1 install.sh:5 [install.sh:5]");
        assertThat(inventory.explain(ImageReference.parse("r.io/app:1")))
                .isEqualTo("r.io/app:1 is saved\n  app.yaml:6\n    CERTAIN by pod-spec, spec.containers[0].image,"
                        + " applied by install.sh:1, install.sh:2");
        assertThat(inventory.toJson()).contains("\"commands\": [\n            \"install.sh:1\",\n");
    }

    @Test
    void leavesOutWhatSealosDoesNotReadWhenComparing() throws IOException {
        write("install.sh", "kubectl apply -f app.yaml");

        assertThat(scan().sealosCompat().missed())
                .extracting(Object::toString)
                .singleElement()
                .asString()
                .contains("r.io/app:1");
    }

    @Test
    void readsNothingOutsideWhenALinkLeadsOut() throws IOException {
        Path outside = Files.writeString(context.resolveSibling(context.getFileName() + ".yaml"), pod("r.io/out:1"));
        Files.createSymbolicLink(context.resolve("deploy/link.yaml"), outside);
        Files.createSymbolicLink(context.resolve("deploy/up"), Path.of(".."));
        write("install.sh", "kubectl apply -R -f deploy; kubectl apply -f deploy/link.yaml");

        ImageInventory inventory = scan();

        assertThat(inventory.references())
                .extracting(ImageReference::familiarString)
                .doesNotContain("r.io/out:1");
        assertThat(inventory.gaps())
                .extracting(ScanProblem::toString)
                .containsExactly(
                        "install.sh:1: the manifest 'deploy/link.yaml' is not among the files that the image gets;"
                                + " its images are not known");
        Files.delete(outside);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash more.sh", "./more.sh", "source more.sh"})
    void reportsGapWhenAScriptIsTooLarge(String call) throws IOException {
        write("install.sh", call);
        write("more.sh", "# long\n".repeat(200_000) + "kubectl apply -f app.yaml\n");

        assertThat(scan().gaps())
                .extracting(ScanProblem::toString)
                .containsExactly("install.sh:1: the script '" + call.replaceAll(".* ", "")
                        + "' is too large to be read; what it runs is not known");
    }

    @Test
    void reportsGapWhenAScriptDoesTooMuch() throws IOException {
        write("install.sh", "true\n".repeat(60_000) + "kubectl apply -f app.yaml\n");

        assertThat(scan().gaps())
                .extracting(ScanProblem::toString)
                .containsExactly("install.sh: the shell script does too much to be followed to its end: more than 50000"
                        + " steps or 50000000 characters, or calls nested deeper than 200");
    }

    @Test
    void leavesOutFilesWhenTheyAreIgnored() throws IOException {
        write("install.sh", "kubectl apply -f app.yaml -f deploy");

        assertThat(ImageScanner.builder()
                        .ignoreFiles("deploy")
                        .build()
                        .scan(context)
                        .references())
                .extracting(ImageReference::familiarString)
                .containsExactly("r.io/app:1");
    }

    private ImageInventory scan() throws IOException {
        return ImageScanner.builder()
                .chartRenderer(request -> RenderedChart.of("web", List.of(), List.of()))
                .build()
                .scan(context);
    }

    private static String pod(String image) {
        return "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n  - image: " + image + "\n";
    }

    private void write(String path, String content) throws IOException {
        Path file = context.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
