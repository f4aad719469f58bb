package io.sealos.images.internal.charts;

import io.sealos.images.ChartRenderRequest;
import io.sealos.images.ChartRenderer;
import io.sealos.images.RenderedChart;
import io.sealos.images.internal.helm.HelmCharts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Renders charts again that refuse the namespace {@code default}, as some do on purpose: in one of their own name. */
final class OtherNamespace {
    private static final String DEFAULT = "default";
    /** Helm's words for what a chart refuses itself; other mistakes have nothing to do with the namespace. */
    private static final String REFUSAL = "execution error at";

    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    private OtherNamespace() {}

    /** The renders, and in the place of one that failed the same in another namespace where that is well. */
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

    /** The namespace that is tried. */
    static String of(ChartRun run) throws IOException {
        String name = HelmCharts.name(run.chart());
        return NAMESPACE.matcher(name).matches() && !name.equals(DEFAULT) ? name : "apps";
    }
}
