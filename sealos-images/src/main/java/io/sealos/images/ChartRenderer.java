package io.sealos.images;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Renders Helm charts. An implementation renders hooks too, does not contact a cluster, limits its own time, and is
 * safe for use by several threads.
 */
@FunctionalInterface
public interface ChartRenderer {
    /**
     * {@return the rendered chart, or the reason why it was not rendered}
     *
     * @param request the chart and its values
     * @throws IOException if the disk fails; a chart that does not render is a {@link RenderedChart#failure()}
     */
    RenderedChart render(ChartRenderRequest request) throws IOException;

    /**
     * {@return the charts of a scan, in the order of the requests} By default they are rendered one after the other.
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
