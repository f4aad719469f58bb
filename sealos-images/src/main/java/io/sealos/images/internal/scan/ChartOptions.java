package io.sealos.images.internal.scan;

import io.sealos.images.ChartRenderRequest;
import io.sealos.images.ChartRenderer;
import io.sealos.images.ChartScenario;
import io.sealos.images.ChartValues;
import io.sealos.images.WhatIfLimits;
import io.sealos.images.internal.context.ContextFiles;
import io.sealos.images.internal.template.TemplateFiles;
import io.sealos.internal.files.UserDirectories;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The options of a scan: how its charts are rendered, and what is saved.
 *
 * @param kubernetesVersion the Kubernetes version, without a {@code v}
 * @param apiVersions the API versions that the cluster has in addition to those that Helm assumes
 * @param renderer the renderer
 * @param scenarios the scenarios of the caller
 * @param testHooks whether images that only {@code helm test} runs are saved
 * @param whatIf the limits on switches that are tried; empty if none are
 * @param savesArtifacts whether artifacts that controllers fetch from registries are saved
 */
public record ChartOptions(
        String kubernetesVersion,
        List<String> apiVersions,
        ChartRenderer renderer,
        List<ChartScenario> scenarios,
        boolean testHooks,
        Optional<WhatIfLimits> whatIf,
        boolean savesArtifacts) {
    public ChartOptions withRenderer(ChartRenderer other) {
        return new ChartOptions(kubernetesVersion, apiVersions, other, scenarios, testHooks, whatIf, savesArtifacts);
    }

    public ChartOptions savingArtifacts() {
        return new ChartOptions(kubernetesVersion, apiVersions, renderer, scenarios, testHooks, whatIf, true);
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

    /** {@return the templates of a context, which sealos renders with an environment} */
    public TemplateFiles templates(ContextFiles files, ChartRenderer engine, Map<String, String> environment) {
        return new TemplateFiles(files, environment, engine, it -> request(it, ChartValues.none()));
    }

    public ChartRenderRequest request(Path chart, ChartValues values) {
        return ChartRenderRequest.of(chart, values, kubernetesVersion).withApiVersions(apiVersions);
    }
}
