package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Which charts are rendered with which values, read from commands and scripts; a renderer of the test's own looks on.
 */
class InstalledValuesTests {
    @TempDir
    private Path context;

    private final List<String> problems = new ArrayList<>();

    static Stream<Arguments> scripts() throws IOException {
        try (InputStream in = InstalledValuesTests.class.getResourceAsStream("installed-values.txt")) {
            String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(text.split("====\n"))
                    .map(it -> it.split("--->\n", -1))
                    .map(it -> Arguments.of(it[0], it[1].lines().toList()));
        }
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void rendersWithTheValuesOfTheScript(String script, List<String> values) throws IOException {
        write("Kubefile", "FROM scratch\nCOPY . .\nCMD [\"bash run.sh\"]\n");
        write("run.sh", script);
        assertThat(installed()).containsExactlyElementsOf(values);
    }

    @Test
    void followsCopyWhenFilesHaveOtherPlacesInTheImage() throws IOException {
        write("src/a.sh", "cd /opt/charts && helm install app app -f ../conf/v.yaml,../conf/w.yaml");
        write("src/v.yaml", "a: 1\n");
        write("src/w.yaml", "a: 2\n");
        write("Kubefile", """
                FROM scratch AS one
                COPY charts /c
                FROM scratch
                COPY src/*.yaml /opt/conf/
                COPY --from=one /c /opt/charts
                COPY src/a.sh bin
                ADD src/a.sh tools/
                CMD bash bin; tools/a.sh
                """);
        assertThat(installed()).containsExactly("--values=CONTEXT/src/v.yaml --values=CONTEXT/src/w.yaml");
    }

    @Test
    void reportsPlaceAndAssumptionWhenValuesAreNotKnown() throws IOException {
        write("Kubefile", "FROM scratch\nCOPY . .\nCMD [\"bash run.sh\"]\n");
        write("run.sh", """
                helm install app charts/app --set a=b,c=$(kubectl get x) $EXTRA -f none.yaml
                helm install x repo/x
                helm install x oci://example.org/x
                helm install x $(pwd)/$(which x)
                helm install app charts/app --set d=e $(cat opts)
                helm install app $HOME/charts/app
                helm install app charts
                """);
        assertThat(installed()).containsExactly("--set=a=b", "--set=d=e");
        assertThat(problems)
                .containsExactly(
                        "run.sh:1: the variable EXTRA has no value; helm was taken to get an empty one",
                        "run.sh:1: the value of --set c is not known (the output of kubectl); the chart's own was taken",
                        "run.sh:1: the file of values 'none.yaml' is not among the files that the image gets, or is"
                                + " not a text of at most 1 MiB; taken as none",
                        "run.sh:2: the chart 'repo/x' is not among the files that the image gets; its images are not"
                                + " known",
                        "run.sh:3: the chart 'oci://example.org/x' comes from oci://example.org/x, so its images are not"
                                + " known",
                        "run.sh:4: the chart '//' is not known (the output of which); only default values were taken into"
                                + " account",
                        "run.sh:5: the arguments of helm from the text of opts are not known; taken as none",
                        "run.sh:6: the chart '/root/charts/app' is not among the files that the image gets; its images are"
                                + " not known",
                        "run.sh:7: the chart 'charts' is not a chart; its images are not known");
    }

    @Test
    void readsNothingOutsideWhenLinkLeadsOut() throws IOException {
        Path outside = Files.createDirectories(context.resolveSibling(context.getFileName() + "-outside"));
        Files.writeString(outside.resolve("run.sh"), "helm install app charts/app --set a=b");
        write("Kubefile", "FROM scratch\nCOPY . .\nCMD [\"bash run.sh; bash ../../x/run.sh; bash out/run.sh\"]\n");
        Files.createSymbolicLink(context.resolve("run.sh"), outside.resolve("run.sh"));
        Files.createSymbolicLink(context.resolve("out"), outside);
        assertThat(installed()).isEmpty();
        assertThat(problems).hasSize(3).allMatch(it -> it.contains("is not among the files that the image gets"));
        Files.delete(outside.resolve("run.sh"));
        Files.delete(outside);
    }

    @Test
    void reportsWhenKubefileIsBroken() throws IOException {
        write("Kubefile", "FROM scratch\nCOPY\n");
        assertThat(installed()).isEmpty();
        assertThat(problems)
                .containsExactly("Kubefile:2: the build file has mistakes, so the images that it names and the values"
                        + " that it installs charts with are not known: COPY needs a source and a destination");
    }

    @Test
    void endsWhenScriptIsHuge() throws IOException {
        write("Kubefile", "FROM scratch\nCOPY . .\nCMD [\"bash run.sh\"]\n");
        try (SeekableByteChannel file = Files.newByteChannel(
                context.resolve("run.sh"),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE,
                StandardOpenOption.SPARSE)) {
            file.position(1L << 30).write(ByteBuffer.wrap(new byte[1]));
        }
        assertThat(installed()).isEmpty();
        assertThat(problems)
                .containsExactly("Kubefile:3: the script 'run.sh' is too large to be read; what it runs is not known");
    }

    /** The values of all renders but the default one, as Helm's arguments. */
    private List<String> installed() throws IOException {
        write("charts/app/Chart.yaml", "apiVersion: v2\nname: app\nversion: 1.0.0\n");
        write("charts/app/values.yaml", "a: b\n");
        write("charts/app-1.0.tgz", "");
        List<String> values = new ArrayList<>();
        ChartRenderer renderer = request -> {
            values.add(request.values().toString().replace(context.toString(), "CONTEXT"));
            return RenderedChart.of("app", List.of(), List.of());
        };
        ImageInventory inventory =
                ImageScanner.builder().chartRenderer(renderer).build().scan(context);
        inventory.problems().forEach(it -> problems.add(it.toString()));
        List<String> names = new ArrayList<>();
        inventory.scenarios().forEach(it -> names.add(it.name()));
        List<String> installed = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            if (!names.get(i).equals("defaults")) {
                installed.add(values.get(i));
            }
        }
        return installed;
    }

    private void write(String name, String text) throws IOException {
        Path file = context.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
