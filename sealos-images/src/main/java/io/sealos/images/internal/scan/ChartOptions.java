package io.sealos.images.internal.scan;

import io.sealos.images.ChartRenderRequest;
import io.sealos.images.ChartRenderer;
import io.sealos.images.ChartScenario;
import io.sealos.images.ChartValues;
import io.sealos.images.WhatIfLimits;
import io.sealos.internal.files.UserDirectories;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The options with which the charts of a scan are rendered.
 *
 * @param kubernetesVersion the Kubernetes version, without a {@code v}
 * @param apiVersions the API versions that the cluster has in addition to those that Helm assumes
 * @param renderer the renderer
 * @param scenarios the scenarios of the caller
 * @param testHooks whether images that only {@code helm test} runs are saved
 * @param whatIf the limits on switches that are tried; empty if none are
 */
public record ChartOptions(
        String kubernetesVersion,
        List<String> apiVersions,
        ChartRenderer renderer,
        List<ChartScenario> scenarios,
        boolean testHooks,
        Optional<WhatIfLimits> whatIf) {
    public ChartOptions withRenderer(ChartRenderer other) {
        return new ChartOptions(kubernetesVersion, apiVersions, other, scenarios, testHooks, whatIf);
    }

    /** Checks that the directory into which the engine is unpacked is not below the context directory. */
    public static void requireCacheOutside(Path context) throws IOException {
        Path cache;
        try {
            cache = UserDirectories.cache();
        } catch (FileSystemException e) {
            return; // Nothing is unpacked in this case, and the rendering reports it.
        }
        UserDirectories.requireOutside(context, cache);
    }

    public ChartRenderRequest request(Path chart, ChartValues values) {
        return ChartRenderRequest.of(chart, values, kubernetesVersion).withApiVersions(apiVersions);
    }
}
