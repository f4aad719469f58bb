package io.sealos.images.internal.helm;

import io.sealos.images.ChartLimits;
import io.sealos.images.ChartRenderRequest;
import io.sealos.images.ChartRenderer;
import io.sealos.images.RenderedChart;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Renders all charts of a scan in one child process, and those of a session as well. */
record ChildHelmRenderer(Path cache, ChartLimits limits, Function<EngineFailure, ChartRenderer> next)
        implements ChartRenderer {
    @Override
    public RenderedChart render(ChartRenderRequest request) throws IOException {
        return renderAll(List.of(request)).get(0);
    }

    @Override
    public List<RenderedChart> renderAll(List<ChartRenderRequest> requests) throws IOException {
        try (Session session = openSession()) {
            return session.renderAll(requests);
        }
    }

    @Override
    public void renderWithin(Duration time, List<ChartRenderRequest> requests, Consumer<? super RenderedChart> receiver)
            throws IOException {
        try (Session session = openSession()) {
            session.renderWithin(time, requests, receiver);
        }
    }

    @Override
    public Session openSession() {
        return new ChildHelmSession(cache, limits, next);
    }
}
