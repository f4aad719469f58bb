package io.sealos.images;

import java.nio.file.Path;

/**
 * One render of one chart.
 *
 * @param scenario the name of the scenario
 * @param file the chart, relative to the context
 * @param request what is rendered
 * @param isInstalled whether a command installs the chart so
 */
record ChartRun(String scenario, String file, ChartRenderRequest request, boolean isInstalled) {
    /** The scenario of a chart's own values. */
    static final String DEFAULTS = "defaults";

    Path chart() {
        return request.chart();
    }

    /** This run in another namespace. */
    ChartRun inNamespace(String namespace) {
        return new ChartRun(scenario, file, request.withRelease(request.releaseName(), namespace), isInstalled);
    }

    boolean isDefault() {
        return scenario.equals(DEFAULTS);
    }
}
