package io.sealos.images.internal.kustomize;

import io.sealos.images.RenderedChart;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Renders the charts of kustomizations. */
@FunctionalInterface
public interface ChartEngine {
    /** {@return the rendered chart, or the reason why it was not rendered} */
    RenderedChart render(Call call) throws IOException;

    /**
     * A chart with its values.
     *
     * @param chart the directory of the chart
     * @param values texts of YAML; a later one overrides an earlier one
     * @param release the name of the release
     * @param namespace the namespace of the release
     * @param kubernetesVersion the Kubernetes version that the templates see, or an empty text for that of the scan
     * @param apiVersions the API versions that the templates see in addition to those that Helm assumes
     */
    record Call(
            Path chart,
            List<String> values,
            String release,
            String namespace,
            String kubernetesVersion,
            List<String> apiVersions) {}
}
