package io.sealos.images.internal.scan;

import io.sealos.images.ChartRenderRequest;
import io.sealos.images.ChartRenderer;
import io.sealos.images.ChartScenario;
import io.sealos.images.ChartValues;
import java.nio.file.Path;
import java.util.List;

/**
 * How the charts of a scan are rendered.
 *
 * @param kubernetesVersion the Kubernetes version, without a {@code v}
 * @param apiVersions API versions that the cluster has besides those that Helm takes for granted
 * @param renderer the engine
 * @param scenarios the caller's values
 */
public record ChartOptions(
        String kubernetesVersion, List<String> apiVersions, ChartRenderer renderer, List<ChartScenario> scenarios) {
    public ChartRenderRequest request(Path chart, ChartValues values) {
        return ChartRenderRequest.of(chart, values, kubernetesVersion).withApiVersions(apiVersions);
    }
}
