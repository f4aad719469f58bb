package io.sealos.images;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Renders Helm charts. Implementations render hooks as well, do not contact a cluster, limit the time they take, and
 * are thread-safe.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ChartRenderer {
    /**
     * {@return the rendered chart, or the reason why it was not rendered}
     *
     * @param request the chart and its values
     * @throws IOException if an I/O error occurs; a chart that cannot be rendered is reported by
     *     {@link RenderedChart#failure()} instead
     */
    RenderedChart render(ChartRenderRequest request) throws IOException;

    /**
     * {@return the rendered charts of a scan, in the order of the requests} The default implementation renders them one
     * after the other.
     *
     * @param requests the charts and their values
     * @throws IOException if an I/O error occurs
     */
    default List<RenderedChart> renderAll(List<ChartRenderRequest> requests) throws IOException {
        List<RenderedChart> all = new ArrayList<>();
        for (ChartRenderRequest request : requests) {
            all.add(render(request));
        }
        return all;
    }

    /**
     * Renders charts until a time has passed. Requests that are not rendered by then have no result. A chart that takes
     * more than half of the time may be given up, with a {@link RenderedChart#failure()}. The default implementation
     * renders one chart after the other, and begins no other one when the time has passed.
     *
     * @param time the time for all charts together
     * @param requests the charts and their values
     * @param receiver receives the rendered charts, in the order of the requests, as soon as they are rendered
     * @throws IOException if an I/O error occurs
     */
    default void renderWithin(
            Duration time, List<ChartRenderRequest> requests, Consumer<? super RenderedChart> receiver)
            throws IOException {
        long end = System.nanoTime() + time.toNanos();
        for (ChartRenderRequest request : requests) {
            if (System.nanoTime() - end >= 0) {
                return;
            }
            receiver.accept(render(request));
        }
    }

    /**
     * {@return a session of this renderer, in which the charts of several scans are rendered} An implementation can
     * keep its engine running until the session is closed. The default implementation calls this renderer, and does
     * nothing when it is closed.
     */
    default Session openSession() {
        return new DelegatingSession(this);
    }

    /** A renderer for several scans, which is closed after the last one. Implementations are thread-safe. */
    interface Session extends ChartRenderer, AutoCloseable {
        /** Ends the engine, after the charts that are being rendered. A second call has no effect. */
        @Override
        void close();
    }
}
