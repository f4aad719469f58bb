package io.sealos.images;

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

    boolean isDefault() {
        return scenario.equals(DEFAULTS);
    }
}
