package io.sealos.images.internal.scan;

import io.sealos.images.ChartRenderRequest;
import io.sealos.images.ChartRenderer;
import io.sealos.images.ChartScenario;
import io.sealos.images.ChartValues;
import java.nio.file.Path;
import java.util.List;

/**
 * The options with which the charts of a scan are rendered.
 *
 * @param kubernetesVersion the Kubernetes version, without a {@code v}
 * @param apiVersions the API versions that the cluster has in addition to those that Helm assumes
 * @param renderer the renderer
 * @param scenarios the scenarios of the caller
 */
public record ChartOptions(
        String kubernetesVersion, List<String> apiVersions, ChartRenderer renderer, List<ChartScenario> scenarios) {
    public ChartOptions withRenderer(ChartRenderer other) {
        return new ChartOptions(kubernetesVersion, apiVersions, other, scenarios);
    }

    public ChartRenderRequest request(Path chart, ChartValues values) {
        return ChartRenderRequest.of(chart, values, kubernetesVersion).withApiVersions(apiVersions);
    }
}
