package io.sealos.images;

import java.nio.file.Path;
import java.util.List;

/** A chart to be rendered: where it is, with which values, for which Kubernetes. Immutable. */
public final class ChartRenderRequest {
    private final Path chart;
    private final List<Path> valuesFiles;
    private final String kubernetesVersion;

    private ChartRenderRequest(Path chart, List<Path> valuesFiles, String kubernetesVersion) {
        this.chart = chart;
        this.valuesFiles = List.copyOf(valuesFiles);
        this.kubernetesVersion = kubernetesVersion;
    }

    /**
     * {@return a request}
     *
     * @param chart the chart's folder or its {@code .tgz} or {@code .tar.gz} file
     * @param valuesFiles files whose values win over the chart's own, the last one over the others
     * @param kubernetesVersion such as {@code 1.31.0}
     */
    public static ChartRenderRequest of(Path chart, List<Path> valuesFiles, String kubernetesVersion) {
        return new ChartRenderRequest(chart, valuesFiles, kubernetesVersion);
    }

    /** {@return the chart's folder or file} */
    public Path chart() {
        return chart;
    }

    /** {@return the values files, the last one wins} */
    public List<Path> valuesFiles() {
        return valuesFiles;
    }

    /** {@return the Kubernetes version that the templates are told} */
    public String kubernetesVersion() {
        return kubernetesVersion;
    }
}
