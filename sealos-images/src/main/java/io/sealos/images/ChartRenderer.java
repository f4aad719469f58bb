package io.sealos.images;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Renders Helm charts. An implementation must render hooks too, must not contact a cluster, and must give up on its own
 * after a time; it may be called by several threads.
 */
@FunctionalInterface
public interface ChartRenderer {
    /**
     * {@return the chart's documents, or why there are none}
     *
     * @param request the chart
     * @throws IOException if the disk fails; a chart that does not render is no exception but a
     *     {@link RenderedChart#failure()}
     */
    RenderedChart render(ChartRenderRequest request) throws IOException;

    /**
     * {@return all charts of a scan, in the order of the requests} By default one after the other.
     *
     * @param requests the charts
     * @throws IOException if the disk fails
     */
    default List<RenderedChart> renderAll(List<ChartRenderRequest> requests) throws IOException {
        List<RenderedChart> all = new ArrayList<>();
        for (ChartRenderRequest request : requests) {
            all.add(render(request));
        }
        return all;
    }
}
