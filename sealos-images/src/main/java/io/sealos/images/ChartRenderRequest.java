package io.sealos.images;

import java.nio.file.Path;

/** A chart to be rendered: where it is, with which values, for which Kubernetes. Immutable. */
public final class ChartRenderRequest {
    private final Path chart;
    private final ChartValues values;
    private final String kubernetesVersion;
    private final String releaseName;
    private final String namespace;

    private ChartRenderRequest(
            Path chart, ChartValues values, String kubernetesVersion, String releaseName, String namespace) {
        this.chart = chart;
        this.values = values;
        this.kubernetesVersion = kubernetesVersion;
        this.releaseName = releaseName;
        this.namespace = namespace;
    }

    /**
     * {@return a request for a release {@code release} in the namespace {@code default}}
     *
     * @param chart the chart's folder or its {@code .tgz} or {@code .tar.gz} file
     * @param values what wins over the chart's own values
     * @param kubernetesVersion such as {@code 1.31.0}
     */
    public static ChartRenderRequest of(Path chart, ChartValues values, String kubernetesVersion) {
        return new ChartRenderRequest(chart, values, kubernetesVersion, "release", "default");
    }

    /**
     * {@return the same for another release}
     *
     * @param name the release's name
     * @param inNamespace the release's namespace
     */
    public ChartRenderRequest withRelease(String name, String inNamespace) {
        return new ChartRenderRequest(chart, values, kubernetesVersion, name, inNamespace);
    }

    /** {@return the chart's folder or file} */
    public Path chart() {
        return chart;
    }

    /** {@return what wins over the chart's own values} */
    public ChartValues values() {
        return values;
    }

    /** {@return the Kubernetes version that the templates are told} */
    public String kubernetesVersion() {
        return kubernetesVersion;
    }

    /** {@return the release's name that the templates are told} */
    public String releaseName() {
        return releaseName;
    }

    /** {@return the release's namespace that the templates are told} */
    public String namespace() {
        return namespace;
    }
}
