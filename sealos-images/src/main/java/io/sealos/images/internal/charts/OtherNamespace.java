package io.sealos.images.internal.charts;

import io.sealos.images.ChartRenderRequest;
import io.sealos.images.ChartRenderer;
import io.sealos.images.RenderedChart;
import io.sealos.images.internal.helm.HelmCharts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Renders charts that deliberately refuse the namespace {@code default} once more, in a namespace named after the
 * chart.
 */
final class OtherNamespace {
    private static final String DEFAULT = "default";
    /** The message of Helm for a chart that fails deliberately. Other errors do not depend on the namespace. */
    private static final String REFUSAL = "execution error at";

    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    private OtherNamespace() {}

    /** {@return the renders, in which each failed one is replaced with one in another namespace if that succeeds} */
    static List<RenderedChart> render(ChartRenderer renderer, List<ChartRun> runs, List<RenderedChart> rendered)
            throws IOException {
        List<Integer> refused = new ArrayList<>();
        List<ChartRenderRequest> requests = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            if (mayRefuseNamespace(runs.get(i), rendered.get(i))) {
                refused.add(i);
                requests.add(runs.get(i).inNamespace(of(runs.get(i))).request());
            }
        }
        List<RenderedChart> again = requests.isEmpty() ? List.of() : renderer.renderAll(requests);
        List<RenderedChart> best = new ArrayList<>(rendered);
        for (int i = 0; i < again.size(); i++) {
            if (again.get(i).failure().isEmpty()) {
                best.set(refused.get(i), again.get(i));
            }
        }
        return best;
    }

    private static boolean mayRefuseNamespace(ChartRun run, RenderedChart rendered) {
        return run.request().namespace().equals(DEFAULT)
                && rendered.failure().filter(it -> it.contains(REFUSAL)).isPresent();
    }

    /** {@return the namespace that is tried} */
    static String of(ChartRun run) throws IOException {
        String name = HelmCharts.name(run.chart());
        return NAMESPACE.matcher(name).matches() && !name.equals(DEFAULT) ? name : "apps";
    }
}
