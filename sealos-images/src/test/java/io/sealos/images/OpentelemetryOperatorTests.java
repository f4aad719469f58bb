package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Scans manifests of the OpenTelemetry Operator, which has default images for collectors and instrumentations. */
class OpentelemetryOperatorTests {
    private static final String OWN = "ghcr.io/open-telemetry/opentelemetry-operator/";
    private static final String OPERATOR = OWN + "opentelemetry-operator:v0.150.0";
    private static final String COLLECTOR =
            "ghcr.io/open-telemetry/opentelemetry-collector-releases/opentelemetry-collector:0.150.1";
    private static final String JAVA = OWN + "autoinstrumentation-java:1.33.6";

    private static String collector(String spec) {
        return """
                apiVersion: opentelemetry.io/v1beta1
                kind: OpenTelemetryCollector
                metadata:
                  name: traces
                spec: %s
                """.formatted(spec);
    }

    private static String instrumented(String annotation) {
        return """
                apiVersion: opentelemetry.io/v1alpha1
                kind: Instrumentation
                metadata:
                  name: agents
                spec:
                  exporter: {endpoint: "http://traces-collector:4317"}
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: shop
                spec:
                  template:
                    metadata:
                      annotations: {%s: "true"}
                    spec:
                      containers:
                      - name: shop
                        image: registry.corp/shop:1
                """.formatted(annotation);
    }

    @Test
    void findsDefaultsWhenCollectorNamesNoImages() throws Exception {
        String manifest = OperatorDeployment.of(OPERATOR)
                .with(collector("{mode: statefulset, targetAllocator: {enabled: true}, config: {}}"));

        ImageInventory inventory = OperatorScans.scan(manifest);

        assertThat(OperatorScans.names(inventory))
                .containsExactly(COLLECTOR, OPERATOR, OWN + "target-allocator:0.150.0");
        assertThat(inventory.isComplete()).isTrue();
        assertThat(OperatorScans.names(OperatorScans.scanWithoutFacts(manifest)))
                .containsExactly(OPERATOR);
    }

    @Test
    void takesArgumentBeforeVariable() throws Exception {
        String manifest = OperatorDeployment.of(OPERATOR)
                .arguments("--collector-image=registry.corp/collector:1")
                .variable("RELATED_IMAGE_COLLECTOR", "registry.corp/collector:2")
                .with(collector("{config: {}}"));

        assertThat(OperatorScans.names(OperatorScans.scan(manifest)))
                .contains("registry.corp/collector:1")
                .doesNotContain(COLLECTOR);
    }

    @Test
    void findsNothingWhenCollectorNamesItsImage() throws Exception {
        String manifest = OperatorDeployment.of(OPERATOR).with(collector("{image: 'registry.corp/collector:3'}"));

        assertThat(OperatorScans.names(OperatorScans.scan(manifest)))
                .containsExactly(OPERATOR, "registry.corp/collector:3");
    }

    @Test
    void findsInstrumentationWhenPodAsksForIt() throws Exception {
        String manifest =
                OperatorDeployment.of(OPERATOR).with(instrumented("instrumentation.opentelemetry.io/inject-java"));

        ImageInventory inventory = OperatorScans.scan(manifest);

        assertThat(OperatorScans.names(inventory)).containsExactly(JAVA, OPERATOR, "registry.corp/shop:1");
        assertThat(inventory.isComplete()).isTrue();
    }

    @Test
    void showsInstrumentationsWhenNoPodInTheContextAsksForThem() throws Exception {
        String manifest = OperatorDeployment.of(OPERATOR).with(instrumented("other"));

        ImageInventory inventory = OperatorScans.scan(manifest);

        assertThat(OperatorScans.names(inventory)).doesNotContain(JAVA);
        assertThat(inventory.occurrences()).anySatisfy(it -> {
            assertThat(it.reference()).hasToString(JAVA);
            assertThat(it.confidence()).isEqualTo(Confidence.POSSIBLE);
        });
    }

    @Test
    void findsInstrumentationOfGoOnlyWhenItIsEnabled() throws Exception {
        String go = "ghcr.io/open-telemetry/opentelemetry-go-instrumentation/autoinstrumentation-go:v0.23.0";
        String resources = instrumented("instrumentation.opentelemetry.io/inject-go");

        assertThat(OperatorScans.names(
                        OperatorScans.scan(OperatorDeployment.of(OPERATOR).with(resources))))
                .doesNotContain(go);
        assertThat(OperatorScans.names(OperatorScans.scan(OperatorDeployment.of(OPERATOR)
                        .arguments("--enable-go-instrumentation=true")
                        .with(resources))))
                .contains(go);
    }

    @Test
    void reportsGapWhenVersionIsUnknown() throws Exception {
        String manifest =
                OperatorDeployment.of(OWN + "opentelemetry-operator:v0.900.0").with(collector("{config: {}}"));

        assertThat(OperatorScans.scan(manifest).isComplete()).isFalse();
    }
}
