package io.sealos.images.internal.helm;

import io.sealos.images.ChartRenderRequest;
import io.sealos.images.ChartRenderer;
import io.sealos.images.RenderedChart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Renders all charts of a scan in one child process; a chart that kills or stalls it costs the others nothing. */
final class ChildHelmRenderer implements ChartRenderer {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Path cache;

    ChildHelmRenderer(Path cache) {
        this.cache = cache;
    }

    @Override
    public RenderedChart render(ChartRenderRequest request) throws IOException {
        return renderAll(List.of(request)).get(0);
    }

    @Override
    public List<RenderedChart> renderAll(List<ChartRenderRequest> requests) throws IOException {
        Path work = Files.createTempDirectory("sealos-charts");
        try {
            List<PreparedChart> charts = new ArrayList<>();
            for (ChartRenderRequest request : requests) {
                charts.add(PreparedChart.prepare(work, charts.size(), request, key()));
            }
            return answers(work, charts);
        } finally {
            WorkFolder.delete(work);
        }
    }

    private static String key() {
        return "baked" + UUID.randomUUID().toString().replace("-", "");
    }

    private List<RenderedChart> answers(Path work, List<PreparedChart> charts) throws IOException {
        List<RenderedChart> rendered = new ArrayList<>();
        while (rendered.size() < charts.size()) {
            try (ChildProcess child = new ChildProcess(work, cache, rendered.size())) {
                boolean well = true;
                while (well && rendered.size() < charts.size()) {
                    PreparedChart chart = charts.get(rendered.size());
                    well = child.awaitAnswer(rendered.size(), LIMIT);
                    rendered.add(well ? answer(work, rendered.size(), chart) : lost(child));
                }
            }
        }
        return rendered;
    }

    private static RenderedChart answer(Path work, int number, PreparedChart chart) throws IOException {
        byte[] answer = Files.readAllBytes(WorkFolder.answer(work, number));
        return chart.result(new String(answer, StandardCharsets.UTF_8));
    }

    private static RenderedChart lost(ChildProcess child) throws IOException {
        return RenderedChart.failed(
                child.isAlive()
                        ? "Helm did not finish within " + LIMIT.toSeconds() + " seconds"
                        : "Helm's process ended: " + child.complaint());
    }
}
