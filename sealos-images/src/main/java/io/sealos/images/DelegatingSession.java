package io.sealos.images;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** A session of a renderer that has no engine to keep running. */
record DelegatingSession(ChartRenderer renderer) implements ChartRenderer.Session {
    @Override
    public RenderedChart render(ChartRenderRequest request) throws IOException {
        return renderer.render(request);
    }

    @Override
    public List<RenderedChart> renderAll(List<ChartRenderRequest> requests) throws IOException {
        return renderer.renderAll(requests);
    }

    @Override
    public void renderWithin(Duration time, List<ChartRenderRequest> requests, Consumer<? super RenderedChart> receiver)
            throws IOException {
        renderer.renderWithin(time, requests, receiver);
    }

    @Override
    public void close() {
        // The renderer belongs to the caller.
    }
}
