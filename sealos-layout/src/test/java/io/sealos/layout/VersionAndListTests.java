package io.sealos.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealos.images.ChartScenario;
import io.sealos.images.ImageScanner;
import io.sealos.images.RenderedChart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Findings whose fix depends on the cause: base images, lines of lists, and charts that do not render. */
class VersionAndListTests {
    @TempDir
    private Path context;

    private void write(String name, String text) throws IOException {
        Path file = context.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private List<String> findings(String rule, ImageScanner scanner) throws IOException {
        return LayoutValidator.builder().scanner(scanner).build().validate(context).findings().stream()
                .filter(it -> it.ruleId().equals(rule))
                .map(Finding::toString)
                .toList();
    }

    private List<String> findings(String rule) throws IOException {
        return findings(rule, ImageScanner.builder().build());
    }

    private List<String> unversioned(String kubefile) throws IOException {
        write("Kubefile", kubefile);
        return findings("image-without-version");
    }

    @Test
    void validateWhenBaseImageHasNoVersionSaysSo() throws IOException {
        String newest = ": each build begins with the version that is newest on its day, tested or not; ";

        assertThat(unversioned("FROM labring/kubernetes\nCOPY . .\n"))
                .containsExactly("Kubefile:1:1: info: labring/kubernetes has no tag, which means latest" + newest
                        + "name the version that was tested: labring/kubernetes:TAG [image-without-version]");
        assertThat(unversioned("ARG BASE=a/b:latest\nFROM $BASE\nCOPY . .\n"))
                .containsExactly("Kubefile:2:1: info: a/b:latest has the tag latest" + newest
                        + "let the variable name the version that was tested: a/b:TAG [image-without-version]");
    }

    @Test
    void validateWhenBaseHasAVersionOrIsNoImageFindsNothing() throws IOException {
        String digest = "sha256:" + "a".repeat(64);

        assertThat(unversioned("FROM scratch\nCOPY . .\n")).isEmpty();
        assertThat(unversioned("FROM a/b:1 AS nginx\nFROM nginx\nCOPY --from=nginx /x .\nCOPY --from=0 /x .\n"))
                .isEmpty();
        assertThat(unversioned("FROM a/b@" + digest + "\n")).isEmpty();
        assertThat(unversioned("ARG V=1\nFROM a/b:$V\n")).isEmpty();
        assertThat(unversioned("FROM a/B\n")).isEmpty();
    }

    @Test
    void validateWhenLinesOfAListAreWrongGivesEachCauseItsOwnFix() throws IOException {
        write("Kubefile", "FROM scratch\nCOPY . .\nCMD [\"true\"]\n");
        write("images/shim/a", "\uFEFFnginx:1\n");
        write("images/shim/b", "\"redis:7\nredis:7 # the cache\nquay.io/App:1\na b\n");

        assertThat(findings("shim-line-invalid"))
                .containsExactly(
                        "images/shim/a:1:1: error: the list begins with a byte order mark, which becomes part of the"
                                + " first name; save the list as UTF-8 without a byte order mark [shim-line-invalid]",
                        "images/shim/b:1:1: error: a quote is part of the line, and no name has one; sealos takes off a"
                                + " pair around it only; remove the quotes [shim-line-invalid]",
                        "images/shim/b:2:1: error: a comment behind a name becomes part of it; put the comment on a"
                                + " line of its own [shim-line-invalid]",
                        "images/shim/b:3:1: error: 'quay.io/App:1' is not an image reference: its repository 'App' has"
                                + " upper-case letters; write it in lower case [shim-line-invalid]",
                        "images/shim/b:4:1: error: 'a b' is not an image reference: its repository 'a b' must be words"
                                + " of a-z and 0-9, joined by '.', '_', '__' or hyphens, with '/' between them; write"
                                + " REGISTRY/REPOSITORY:TAG, such as docker.io/library/nginx:1.25 [shim-line-invalid]");
    }

    private String chartFix(String command, ImageScanner.Builder scanner) throws IOException {
        write("Kubefile", "FROM scratch\nCOPY . .\nCMD [\"" + command + "\"]\n");
        write("charts/dir/Chart.yaml", "apiVersion: v2\nname: web\nversion: 1.0.0\n");
        ImageScanner failing =
                scanner.chartRenderer(request -> RenderedChart.failed("no")).build();
        return findings("images-unreadable", failing).stream()
                .map(it -> it.substring(it.indexOf(": no; ") + 6))
                .distinct()
                .reduce("", (some, next) -> some + next);
    }

    @Test
    void validateWhenAChartDoesNotRenderSaysWhereItsValuesBelong() throws IOException {
        String end = ", or list its images in a file of images/shim [images-unreadable]";

        assertThat(chartFix("true", ImageScanner.builder()))
                .isEqualTo("give it the values that it wants in charts/web.values.yaml" + end);
        assertThat(chartFix("helm install a charts/dir", ImageScanner.builder()))
                .isEqualTo("give it the values that it wants in the command that installs it, with -f or --set" + end);
        assertThat(chartFix("helm install a charts/dir --set a=b", ImageScanner.builder()))
                .isEqualTo("give it the values that it wants in the command that installs it, with -f or --set" + end);
        assertThat(chartFix(
                        "true",
                        ImageScanner.builder()
                                .scenario(ChartScenario.builder("mine")
                                        .set("a", "b")
                                        .build())))
                .isEqualTo("correct the values of the scenario" + end);
    }
}
