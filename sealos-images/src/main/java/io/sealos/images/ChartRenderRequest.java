package io.sealos.images;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * A request to render a chart with given values for a version of Kubernetes. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class ChartRenderRequest {
    private final Path chart;
    private final ChartValues values;
    private final String kubernetesVersion;
    private final Release release;
    private final List<String> apiVersions;
    private final boolean schemaSkipped;

    private record Release(String name, String namespace) {}

    private ChartRenderRequest(
            Path chart,
            ChartValues values,
            String kubernetesVersion,
            Release release,
            List<String> apiVersions,
            boolean schemaSkipped) {
        this.chart = chart;
        this.values = values;
        this.kubernetesVersion = kubernetesVersion;
        this.release = release;
        this.apiVersions = List.copyOf(apiVersions);
        this.schemaSkipped = schemaSkipped;
    }

    /**
     * {@return a request for a release named {@code release} in the namespace {@code default}}
     *
     * @param chart the chart's directory or its {@code .tgz} or {@code .tar.gz} file
     * @param values the values that override those of the chart
     * @param kubernetesVersion the Kubernetes version, such as {@code 1.31.0}
     */
    public static ChartRenderRequest of(Path chart, ChartValues values, String kubernetesVersion) {
        Objects.requireNonNull(values, "values");
        Release release = new Release("release", "default");
        return new ChartRenderRequest(chart, values, kubernetesVersion, release, List.of(), false);
    }

    /**
     * {@return a copy of this request with a different release}
     *
     * @param name the name of the release
     * @param inNamespace the namespace of the release
     */
    public ChartRenderRequest withRelease(String name, String inNamespace) {
        Release other = new Release(name, inNamespace);
        return new ChartRenderRequest(chart, values, kubernetesVersion, other, apiVersions, schemaSkipped);
    }

    /**
     * {@return a copy of this request for a cluster that has API versions in addition to those that Helm assumes}
     *
     * @param versions the additional API versions, such as {@code monitoring.coreos.com/v1} or
     *     {@code networking.k8s.io/v1/Ingress}
     */
    public ChartRenderRequest withApiVersions(List<String> versions) {
        return new ChartRenderRequest(chart, values, kubernetesVersion, release, versions, schemaSkipped);
    }

    /**
     * {@return a copy of this request with the schema validation of the values disabled or enabled}
     *
     * @param skip whether {@code values.schema.json} is ignored, as with {@code --skip-schema-validation} of Helm
     */
    public ChartRenderRequest skipSchema(boolean skip) {
        return new ChartRenderRequest(chart, values, kubernetesVersion, release, apiVersions, skip);
    }

    /** {@return the chart's directory or file} */
    public Path chart() {
        return chart;
    }

    /** {@return the values that override those of the chart} */
    public ChartValues values() {
        return values;
    }

    /** {@return the Kubernetes version that the templates see} */
    public String kubernetesVersion() {
        return kubernetesVersion;
    }

    /** {@return the name of the release that the templates see} */
    public String releaseName() {
        return release.name();
    }

    /** {@return the namespace of the release that the templates see} */
    public String namespace() {
        return release.namespace();
    }

    /** {@return the API versions that the templates see in addition to those that Helm assumes} */
    public List<String> apiVersions() {
        return apiVersions;
    }

    /** {@return whether {@code values.schema.json} is ignored} */
    public boolean isSchemaSkipped() {
        return schemaSkipped;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ChartRenderRequest that
                && chart.equals(that.chart)
                && values.equals(that.values)
                && kubernetesVersion.equals(that.kubernetesVersion)
                && release.equals(that.release)
                && apiVersions.equals(that.apiVersions)
                && schemaSkipped == that.schemaSkipped;
    }

    @Override
    public int hashCode() {
        return Objects.hash(chart, values, kubernetesVersion, release, apiVersions, schemaSkipped);
    }

    /** {@return the chart, the release and the Kubernetes version} */
    @Override
    public String toString() {
        return chart + " as " + release.name() + " in " + release.namespace() + " for Kubernetes " + kubernetesVersion;
    }
}
