package io.sealos.images.internal.charts;

import io.sealos.images.ChartRenderRequest;
import java.nio.file.Path;

/**
 * One render of one chart.
 *
 * @param scenario the name of the scenario
 * @param file the chart, relative to the context
 * @param request what is rendered
 * @param installed whether the chart will be installed so, by a command or by what the caller says; where nothing tells
 *     how, it is the chart's defaults
 * @param commanded whether a command installs it so, and with that in its namespace
 */
public record ChartRun(String scenario, String file, ChartRenderRequest request, boolean installed, boolean commanded) {
    /** The scenario of a chart's own values. */
    public static final String DEFAULTS = "defaults";

    Path chart() {
        return request.chart();
    }

    ChartRun asInstalled() {
        return new ChartRun(scenario, file, request, true, commanded);
    }

    /** Returns this render in another namespace. */
    ChartRun inNamespace(String namespace) {
        return new ChartRun(
                scenario, file, request.withRelease(request.releaseName(), namespace), installed, commanded);
    }

    boolean isDefault() {
        return scenario.equals(DEFAULTS);
    }
}
