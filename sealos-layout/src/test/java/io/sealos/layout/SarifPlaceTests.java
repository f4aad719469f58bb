package io.sealos.layout;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealos.images.ImageScanner;
import io.sealos.images.RenderedChart;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Places in SARIF: each result is at a line of a file, as code hosts require it. */
class SarifPlaceTests {
    @TempDir
    private Path repository;

    private Path root = Path.of("");

    @BeforeEach
    void create() throws IOException {
        root = Files.createDirectories(repository.resolve("apps/shop"));
    }

    private void write(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static List<String> places(LayoutReport report) throws IOException {
        List<String> places = new ArrayList<>();
        for (JsonNode result : CodeScanning.results(report)) {
            JsonNode place = result.at("/locations/0/physicalLocation");
            places.add(place.at("/artifactLocation/uri").asText() + ":"
                    + place.at("/region/startLine").asInt() + " "
                    + result.at("/message/text").asText().replaceFirst(";.*", ""));
        }
        return places;
    }

    private LayoutReport chartFailing(String message) throws IOException {
        write("Kubefile", "FROM scratch\nCOPY . .\nCMD [\"helm install app charts/app\"]\n");
        write("charts/app/Chart.yaml", "apiVersion: v2\nname: web\nversion: 1.0.0\n");
        write("charts/app/values.yaml", "a: 1\n");
        write("charts/app/templates/pod.yaml", "kind: Pod\n\n{{ fail \"no\" }}\n");
        write("charts/app/charts/sub/templates/pod.yaml", "kind: Pod\n");
        ImageScanner scanner = ImageScanner.builder()
                .chartRenderer(request -> RenderedChart.failed(message))
                .build();
        return LayoutValidator.builder().scanner(scanner).build().validate(root);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a tag is required                                                        | Chart.yaml:1
            execution error at (web/templates/pod.yaml:3:3): no                      | templates/pod.yaml:3
            template: web/templates/none.yaml:1: at <x>: web/templates/pod.yaml:2:1: | templates/pod.yaml:2
            YAML parse error on web/templates/pod.yaml: yaml: line 9                 | templates/pod.yaml:1
            parse error at (web/templates/pod.yaml:99): unclosed action              | templates/pod.yaml:1
            parse error at (web/templates/pod.yaml:999999999): unclosed action       | templates/pod.yaml:1
            template: web/charts/sub/templates/pod.yaml:1:2: executing               | charts/sub/templates/pod.yaml:1
            t: web/templates/pod.yaml:3:3: executing "web/templates/pod.yaml" at <x> | templates/pod.yaml:3
            web/templates/pod.yaml:2: at <.Files.Get "values.yaml">: no              | templates/pod.yaml:2
            cannot load values.yaml: error converting YAML to JSON                   | values.yaml:1
            it needs ../../Kubefile.x and /etc/passwd.x:1 and ../../../a.b           | Chart.yaml:1
            """)
    void writeWhenAChartDoesNotRenderShowsTheFileThatItsMessageNames(String message, String place) throws IOException {
        LayoutReport report = chartFailing(message);

        assertThat(report.findings())
                .filteredOn(it -> it.ruleId().equals("images-unreadable"))
                .map(Finding::path)
                .containsExactly(
                        "charts/app" + (place.startsWith("Chart.yaml") ? "" : "/" + place.replaceFirst(":.*", "")));
        assertThat(places(report)).anyMatch(it -> it.startsWith("charts/app/" + place + " the chart does not render"));
        assertThat(places(LayoutReport.merged(repository, Map.of(root, copy(report)))))
                .anyMatch(it -> it.startsWith("apps/shop/charts/app/" + place + " the chart"));
    }

    /** {@return the report after it was written and read, which its places survive} */
    private static LayoutReport copy(LayoutReport report) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(report);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (LayoutReport) in.readObject();
        } catch (ClassNotFoundException e) {
            throw new IOException(e);
        }
    }

    @Test
    void writeWhenThereIsNoBuildFileShowsThePathAtWhichItShouldBe() throws IOException {
        Files.createDirectories(root.resolve("apps/a b"));
        LayoutReport report =
                LayoutReport.merged(root, LayoutValidator.standard().validateAll(List.of(root.resolve("apps/a b"))));

        assertThat(places(report))
                .containsExactly("apps/a%20b/Kubefile:1 there is no build file: none of Sealfile, Kubefile, Dockerfile,"
                        + " Containerfile");
    }

    @Test
    void writeWhenAFindingIsAboutADirectoryShowsTheBuildFileAndNamesTheDirectory() throws IOException {
        write("Sealfile", "FROM scratch\nCOPY . .\nCMD [\"ls\"]\n");
        write("etc/x", "");
        LayoutRule own = LayoutRule.of("own", Severity.INFO, "Own.", (layout, findings) -> {
            findings.report("etc", "it is a directory", "none");
            findings.report("none/x", "it is missing", "none");
            findings.report("../x", "it is outside", "none");
            findings.report("/x", "it is absolute", "none");
            findings.report("", "it has no name", "none");
            findings.report("./etc/../etc/x", "it is not normal", "none");
        });

        LayoutReport report = LayoutValidator.builder().rule(own).build().validate(root);

        assertThat(places(report))
                .containsExactlyInAnyOrder(
                        "Sealfile:1 etc: it is a directory",
                        "none/x:1 it is missing",
                        "Kubefile:1 ../x: it is outside",
                        "Kubefile:1 /x: it is absolute",
                        "Sealfile:1 it has no name",
                        "etc/x:1 ./etc/../etc/x: it is not normal");
    }
}
