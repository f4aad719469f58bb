package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Switches that are tried with the real engine. */
class WhatIfTests {
    /** A time that is not reached. */
    private static final WhatIfLimits LIMITS = WhatIfLimits.defaults().withTime(Duration.ofMinutes(10));

    private static final String POD = """
            kind: Pod
            spec:
              containers:
                - image: a/app:1
                {{- if .Values.metrics.enabled }}
                - image: {{ .Values.metrics.image }}
                {{- end }}
                {{- if eq .Values.mode "ha" }}
                - image: a/proxy:1
                {{- end }}
                {{- if .Values.tracing.enabled }}
                - image: {{ required "the address is needed" .Values.tracing.address }}
                {{- end }}
                {{- if not .Values.useBuiltin }}
                - image: a/other:1
                {{- end }}
            """;

    private static final String DATABASE = """
            kind: Pod
            spec:
              containers:
                - image: {{ .Values.image }}
                {{- if .Values.backup.enabled }}
                - image: a/backup:1
                {{- end }}
                {{- if (index .Values "exporter.dot").enabled }}
                - image: a/exporter:1
                {{- end }}
            """;

    private static final String VALUES = """
            mode: single
            useBuiltin: true
            metrics:
              enabled: false
              image: a/metrics:1
            tracing: {enabled: false}
            persistence: {enabled: true}
            """;

    @TempDir
    private Path context;

    @BeforeEach
    void assumeEngine() {
        ChartDirectory.assumeEngine();
    }

    private ChartDirectory chart() throws IOException {
        return ChartDirectory.named(context.resolve("charts"), "app")
                .with("values.yaml", VALUES)
                .with("values.schema.json", """
                        {
                          "properties": {
                            "mode": {"$ref": "#/definitions/mode"}
                          },
                          "definitions": {"mode": {"oneOf": [{"const": "ha"}, {"enum": ["single", "quorum"]}]}}
                        }
                        """)
                .with("templates/pod.yaml", POD);
    }

    private ImageScanner.Builder scanner() {
        return ImageScanner.builder().whatIf(LIMITS);
    }

    private WhatIf whatIf() throws IOException {
        return scanner().build().scan(context).whatIf().orElseThrow();
    }

    @Test
    void whatIfWhenSwitchesAddImagesNamesThemWithPlaces() throws IOException {
        chart();

        ImageInventory inventory = scanner().build().scan(context);
        WhatIf whatIf = inventory.whatIf().orElseThrow();

        assertThat(whatIf.toText()).isEqualTo("""
                charts/app/values.yaml:4: --set metrics.enabled=true would add
                  docker.io/a/metrics:1
                charts/app/values.schema.json:5: --set mode=ha would add
                  docker.io/a/proxy:1
                charts/app/values.yaml:2: --set useBuiltin=false would add
                  docker.io/a/other:1
                charts/app/values.yaml:6: --set tracing.enabled=true is not determined: execution error at\
                 (app/templates/pod.yaml:12:16): the address is needed
                switches: 6 tried, 3 would add images, 1 not determined, 2 add nothing
                """);
        assertThat(whatIf).hasToString("switches: 6 tried, 3 would add images, 1 not determined, 2 add nothing");
        assertThat(whatIf.isComplete()).isTrue();
        assertThat(inventory.references()).containsExactly(ImageReference.parse("a/app:1"));
        assertThat(inventory.problems()).isEmpty();
    }

    @Test
    void toMarkdownWhenSwitchesAddImagesHasTable() throws IOException {
        chart();

        assertThat(whatIf().toMarkdown()).isEqualTo("""
                **switches: 6 tried, 3 would add images, 1 not determined, 2 add nothing**

                | value | place | would add |
                |---|---|---|
                | `--set metrics.enabled=true` | `charts/app/values.yaml:4` | `docker.io/a/metrics:1` |
                | `--set mode=ha` | `charts/app/values.schema.json:5` | `docker.io/a/proxy:1` |
                | `--set useBuiltin=false` | `charts/app/values.yaml:2` | `docker.io/a/other:1` |

                - `charts/app/values.yaml:6: --set tracing.enabled=true is not determined: execution error at\
                 (app/templates/pod.yaml:12:16): the address is needed`
                """);
    }

    @Test
    void mergedWhenInventoriesHaveSwitchesNamesTheirFilesBelowTheRoot() throws IOException {
        chart();
        Map<Path, ImageInventory> one =
                Map.of(context.resolve("one"), scanner().build().scan(context));
        ImageInventory merged = ImageInventory.merged(context, one);

        assertThat(merged.whatIf().orElseThrow().switches().get(0).file()).isEqualTo("one/charts/app/values.yaml");
        assertThat(ImageInventory.parse(merged.toJson())).isEqualTo(merged);
    }

    @Test
    void whatIfWhenNotAskedIsEmptyAndNothingElseDiffers() throws IOException {
        chart();

        ImageInventory plain = ImageScanner.builder().build().scan(context);
        ImageInventory asked = scanner().build().scan(context);

        assertThat(plain.whatIf()).isEmpty();
        assertThat(plain.toJson()).doesNotContain("whatIf");
        assertThat(asked.toJson()).startsWith(plain.toJson().replaceFirst("\n\\}\n$", ""));
        assertThat(asked).isNotEqualTo(plain);
    }

    @Test
    void whatIfWhenInventoryIsReadBackIsEqual() throws IOException {
        chart();
        ImageInventory inventory =
                scanner().whatIf(LIMITS.withSwitches(5)).build().scan(context);

        ImageInventory read = ImageInventory.parse(inventory.toJson());

        assertThat(inventory.whatIf().orElseThrow().leftOut()).hasSize(1);
        assertThat(read).isEqualTo(inventory).hasSameHashCodeAs(inventory);
        assertThat(read.toJson()).isEqualTo(inventory.toJson());
        assertThat(read.whatIf().orElseThrow().toText())
                .isEqualTo(inventory.whatIf().orElseThrow().toText());
    }

    @Test
    void scenarioWhenGivenToScannerSavesTheImages() throws IOException {
        chart();
        ImageScanner.Builder scanner = scanner();
        whatIf().switches().forEach(it -> scanner.scenario(it.scenario()));

        ImageInventory inventory = scanner.build().scan(context);

        assertThat(inventory.references())
                .extracting(ImageReference::familiarString)
                .contains("a/metrics:1", "a/proxy:1", "a/other:1");
        assertThat(inventory.scenarios())
                .extracting(RenderedScenario::name)
                .containsExactly("defaults", "metrics.enabled=true", "mode=ha", "useBuiltin=false");
    }

    @Test
    void whatIfWhenCommandInstallsChartStartsFromItsValues() throws IOException {
        chart();
        write("Kubefile", """
                FROM scratch
                COPY . .
                CMD ["helm upgrade -i app charts/app --set metrics.enabled=true,metrics.image=b/m:1,tracing.address=b/t:1"]
                """);

        assertThat(summary(whatIf()))
                .containsExactly(
                        "tracing.enabled=true [b/t:1] [helm upgrade app (Kubefile:3)]",
                        "mode=ha [a/proxy:1] [helm upgrade app (Kubefile:3)]",
                        "useBuiltin=false [a/other:1] [helm upgrade app (Kubefile:3)]");
        assertThat(whatIf().toText()).contains("would add with the values of helm upgrade app (Kubefile:3)\n");
    }

    @Test
    void whatIfWhenImageIsSavedAnywayDoesNotNameIt() throws IOException {
        chart();
        write("images/shim/list", "a/metrics:1\n");
        write("manifests/other.yaml", "kind: Pod\nspec: {containers: [{image: 'a/other:1'}]}\n");

        ImageScanner scanner = scanner().ignore("docker.io/a/proxy:*").build();
        WhatIf whatIf = scanner.scan(context).whatIf().orElseThrow();

        assertThat(whatIf.switches()).isEmpty();
        assertThat(whatIf).hasToString("switches: 6 tried, 0 would add images, 1 not determined, 5 add nothing");
    }

    /** Writes a chart with two dependencies of one kind, and a packed one. */
    private void writeDependencies() throws IOException {
        ChartDirectory app =
                ChartDirectory.named(context.resolve("charts"), "app").with("Chart.yaml", """
                apiVersion: v2
                name: app
                version: 0.1.0
                dependencies:
                  - {name: db, version: 0.1.0, alias: first, condition: "first.enabled"}
                  - {name: db, version: 0.1.0, alias: second, condition: "gone,second.enabled"}
                  - {name: cache, version: 0.1.0, tags: [fast]}
                """);
        app.with("values.yaml", "first: {backup: {enabled: true}}\nsecond: {enabled: false}\ntags: {fast: false}\n");
        ChartDirectory.named(app.directory().resolve("charts"), "db")
                .with("values.yaml", "image: a/db:1\nbackup:\n  enabled: false\nexporter.dot: {enabled: false}\n")
                .with("templates/db.yaml", DATABASE);
        ChartDirectory.archive(
                app.directory().resolve("charts/cache-0.1.0.tgz"),
                new TreeMap<>(Map.of(
                        "cache/Chart.yaml",
                        ChartDirectory.bytes("apiVersion: v2\nname: cache\nversion: 0.1.0\n"),
                        "cache/templates/cache.yaml",
                        ChartDirectory.bytes(ChartDirectory.pod("a/cache:1")))));
    }

    @Test
    void whatIfWhenDependenciesHaveSwitchesTriesThemBelowTheirKeys() throws IOException {
        writeDependencies();

        assertThat(whatIf().switches())
                .extracting(it -> it + " " + it.images())
                .containsExactly(
                        "charts/app/values.yaml:3: --set tags.fast=true [docker.io/a/cache:1]",
                        "charts/app/charts/db/values.yaml:4: --set first.exporter\\.dot.enabled=true"
                                + " [docker.io/a/exporter:1]");
    }

    @Test
    void whatIfWhenChartIsPackedNamesPlacesAsIfUnpacked() throws IOException {
        ChartDirectory.archive(
                context.resolve("charts/app.tgz"),
                new TreeMap<>(Map.of(
                        "app/Chart.yaml",
                        ChartDirectory.bytes("apiVersion: v2\nname: app\nversion: 0.1.0\n"),
                        "app/values.yaml",
                        ChartDirectory.bytes("\nui: {install: false}\n"),
                        "app/templates/ui.yaml",
                        ChartDirectory.bytes(
                                "{{ if .Values.ui.install }}\n" + ChartDirectory.pod("a/ui:1") + "{{ end }}"))));

        assertThat(whatIf().switches())
                .extracting(ChartSwitch::toString)
                .containsExactly("charts/app.tgz/values.yaml:2: --set ui.install=true");
    }

    @Test
    void whatIfWhenSwitchesAreTooManyTriesThoseBesideImagesFirst() throws IOException {
        StringBuilder values = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            values.append("part" + i + ": {enabled: false" + (i == 9_999 ? ", image: a/last:1" : "") + "}\n");
        }
        ChartDirectory.named(context.resolve("charts"), "app")
                .with("values.yaml", values.toString())
                .with(
                        "templates/pod.yaml",
                        "{{ if .Values.part9999.enabled }}\n" + ChartDirectory.pod("{{ .Values.part9999.image }}")
                                + "{{ end }}");

        WhatIf whatIf = scanner()
                .whatIf(LIMITS.withSwitches(3))
                .build()
                .scan(context)
                .whatIf()
                .orElseThrow();

        assertThat(whatIf.toText()).isEqualTo("""
                charts/app/values.yaml:10000: --set part9999.enabled=true would add
                  docker.io/a/last:1
                charts/app: 9997 of 10000 switches were not tried, because at most 3 are tried
                switches: 3 tried, 1 would add images, 0 not determined, 2 add nothing, others not tried
                """);
        assertThat(whatIf.isComplete()).isFalse();
    }

    @Test
    void whatIfWhenOneSwitchNeverEndsGivesItUp() throws IOException {
        ChartDirectory.named(context.resolve("charts"), "bad")
                .with("values.yaml", "endless: {enabled: false}\nother: {enabled: false}\n")
                .with("templates/x.yaml", """
                        {{ if .Values.endless.enabled }}
                        {{ range until 100000 }}{{ range until 100000 }}{{ end }}{{ end }}
                        {{ end }}
                        """);
        long start = System.nanoTime();

        WhatIf whatIf = scanner()
                .whatIf(WhatIfLimits.defaults().withTime(Duration.ofSeconds(4)))
                .build()
                .scan(context)
                .whatIf()
                .orElseThrow();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(50));
        assertThat(whatIf.undetermined()).anySatisfy(it -> {
            assertThat(it).hasToString("charts/bad/values.yaml:1: --set endless.enabled=true");
            assertThat(it.failure().orElse("")).matches("Helm did not finish within [12][0-9.]* seconds");
        });
    }

    @Test
    void whatIfWhenTimeIsOverCountsTheOthers() throws IOException {
        chart();
        ChartRenderer slow = new ChartRenderer() {
            @Override
            public RenderedChart render(ChartRenderRequest request) {
                return RenderedChart.of("app", List.of(), List.of());
            }

            @Override
            public void renderWithin(
                    Duration time, List<ChartRenderRequest> requests, Consumer<? super RenderedChart> receiver) {
                receiver.accept(render(requests.get(0)));
            }
        };

        WhatIf whatIf =
                scanner().chartRenderer(slow).build().scan(context).whatIf().orElseThrow();

        assertThat(whatIf.leftOut())
                .containsExactly(
                        "charts/app: 5 of 6 switches were not tried, because the time of 600.0 seconds was over");
        assertThat(whatIf.tried()).isEqualTo(1);
    }

    @Test
    void whatIfWhenChartDoesNotRenderSaysSo() throws IOException {
        ChartDirectory.named(context.resolve("charts"), "bad")
                .with("values.yaml", "a: {enabled: false}\n")
                .with("templates/x.yaml", "{{ fail \"no\" }}");

        assertThat(whatIf().leftOut())
                .containsExactly("charts/bad: no switch was tried, because the chart does not render with the values"
                        + " with which it is installed");
    }

    @Test
    void whatIfWhenCommandSetsTextOverSwitchSaysSo() throws IOException {
        chart();
        write("Kubefile", """
                FROM scratch
                COPY . .
                CMD ["helm upgrade -i app charts/app --set-string mode=single"]
                """);

        assertThat(whatIf().undetermined())
                .extracting(it -> it + ": " + it.failure().orElse(""))
                .contains("charts/app/values.schema.json:5: --set mode=ha: an option with which the chart is installed"
                        + " sets this value, and Helm applies it later than --set");
    }

    private static List<String> summary(WhatIf whatIf) {
        return whatIf.switches().stream()
                .map(it -> it.key() + "=" + it.value() + " "
                        + it.images().stream()
                                .map(ImageReference::familiarString)
                                .toList()
                        + " " + it.scenarios())
                .toList();
    }

    private void write(String name, String text) throws IOException {
        Path file = context.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
