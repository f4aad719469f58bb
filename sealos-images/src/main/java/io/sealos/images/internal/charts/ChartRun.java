package io.sealos.images.internal.charts;

import io.sealos.images.ChartRenderRequest;
import java.nio.file.Path;

/**
 * A render of a chart with the values of one scenario.
 *
 * @param scenario the name of the scenario
 * @param file the chart, relative to the context directory
 * @param request the request to the renderer
 * @param installed whether the chart will be installed in this way, according to a command or the caller; if neither is
 *     known, whether these are the default values
 * @param commanded whether a command installs the chart in this way, and so determines its namespace
 */
public record ChartRun(String scenario, String file, ChartRenderRequest request, boolean installed, boolean commanded) {
    /** The name of the scenario with the default values of a chart. */
    public static final String DEFAULTS = "defaults";

    Path chart() {
        return request.chart();
    }

    ChartRun asInstalled() {
        return new ChartRun(scenario, file, request, true, commanded);
    }

    /** {@return this render with a different namespace} */
    ChartRun inNamespace(String namespace) {
        return new ChartRun(
                scenario, file, request.withRelease(request.releaseName(), namespace), installed, commanded);
    }

    boolean isDefault() {
        return scenario.equals(DEFAULTS);
    }
}
