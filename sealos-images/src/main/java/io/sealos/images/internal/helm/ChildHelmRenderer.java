package io.sealos.images.internal.helm;

import io.sealos.images.ChartLimits;
import io.sealos.images.ChartRenderRequest;
import io.sealos.images.ChartRenderer;
import io.sealos.images.RenderedChart;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** Renders all charts of a scan in one child process. */
final class ChildHelmRenderer implements ChartRenderer {
    private final Path cache;
    private final ChartLimits limits;
    private final Function<String, ChartRenderer> next;

    ChildHelmRenderer(Path cache, ChartLimits limits, Function<String, ChartRenderer> next) {
        this.cache = cache;
        this.limits = limits;
        this.next = next;
    }

    @Override
    public RenderedChart render(ChartRenderRequest request) throws IOException {
        return renderAll(List.of(request)).get(0);
    }

    @Override
    public List<RenderedChart> renderAll(List<ChartRenderRequest> requests) throws IOException {
        String failure;
        try (WorkFolder work = WorkFolder.create();
                ChildEngine engine = new ChildEngine(work.path(), cache, limits)) {
            List<RenderedChart> rendered = new ChartBatch(work.path(), limits, engine).render(requests);
            failure = engine.startFailure();
            if (failure.isEmpty()) {
                return rendered;
            }
        }
        return next.apply(failure).renderAll(requests);
    }
}
