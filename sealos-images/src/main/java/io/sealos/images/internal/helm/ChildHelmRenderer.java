package io.sealos.images.internal.helm;

import io.sealos.images.ChartLimits;
import io.sealos.images.ChartRenderRequest;
import io.sealos.images.ChartRenderer;
import io.sealos.images.RenderedChart;
import io.sealos.internal.files.TemporaryDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Renders all charts of a scan in one child process. */
final class ChildHelmRenderer implements ChartRenderer {
    private final Path cache;
    private final ChartLimits limits;
    private final Function<EngineFailure, ChartRenderer> next;

    ChildHelmRenderer(Path cache, ChartLimits limits, Function<EngineFailure, ChartRenderer> next) {
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
        List<RenderedChart> rendered = new ArrayList<>();
        Optional<EngineFailure> failure;
        try (TemporaryDirectory work = TemporaryDirectory.create(EngineCall.PREFIX)) {
            failure = render(work.path(), requests, rendered);
        }
        return failure.isEmpty() ? rendered : next.apply(failure.get()).renderAll(requests);
    }

    private Optional<EngineFailure> render(Path work, List<ChartRenderRequest> requests, List<RenderedChart> rendered)
            throws IOException {
        ChildEngine engine;
        try {
            engine = new ChildEngine(work, EngineFiles.find(cache, work), limits);
        } catch (IOException e) {
            return Optional.of(EngineFailure.of(e));
        }
        try (engine) {
            rendered.addAll(new ChartBatch(work, limits, engine).render(requests));
            return engine.failure();
        }
    }
}
