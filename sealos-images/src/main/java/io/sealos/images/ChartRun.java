package io.sealos.images;

import java.nio.file.Path;

/**
 * One render of one chart.
 *
 * @param scenario the name of the scenario
 * @param file the chart, relative to the context
 * @param request what is rendered
 */
record ChartRun(String scenario, String file, ChartRenderRequest request) {
    /** The scenario of a chart's own values. */
    static final String DEFAULTS = "defaults";

    Path chart() {
        return request.chart();
    }

    boolean isDefault() {
        return scenario.equals(DEFAULTS);
    }
}
