package io.sealos.images.internal.helm;

import io.sealos.images.ChartLimits;
import io.sealos.images.ChartRenderRequest;
import io.sealos.images.RenderedChart;
import io.sealos.internal.files.FileTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Renders the charts of one scan after the other with an engine. */
final class ChartBatch {
    /** Renders the calls in the work directory, which are identified by numbers, in the order of the requests. */
    interface Engine {
        void ask(int number) throws IOException;

        EngineAnswer answer(int number) throws IOException;
    }

    private final Path work;
    private final ChartLimits limits;
    private final Engine engine;
    private int calls;
    /** The number of calls whose files have been deleted. */
    private int deleted;

    ChartBatch(Path work, ChartLimits limits, Engine engine) {
        this.work = work;
        this.limits = limits;
        this.engine = engine;
    }

    /** Deletes the files of the earlier scans, which may be large. */
    private void deleteFiles() {
        for (; deleted < calls; deleted++) {
            EngineCall.files(work, deleted).forEach(ChartBatch::delete);
        }
    }

    private static void delete(Path file) {
        try {
            FileTree.delete(file);
        } catch (IOException e) {
            return; // It is deleted with the work directory.
        }
    }

    /**
     * Submits all requests before the first answer is read, so that an engine in another process works in the meantime.
     */
    List<RenderedChart> render(List<ChartRenderRequest> requests) throws IOException {
        deleteFiles();
        List<PreparedChart> charts = new ArrayList<>();
        for (ChartRenderRequest request : requests) {
            charts.add(ask(PreparedChart.baked(work, calls++, request, limits)));
        }
        List<RenderedChart> rendered = new ArrayList<>();
        for (PreparedChart chart : charts) {
            rendered.add(chart.isAsked() ? chart.result(engine.answer(chart.number())) : chart.refusal());
        }
        for (int i = 0; i < charts.size(); i++) {
            rendered.set(i, inHelmsWords(charts.get(i), rendered.get(i)));
        }
        return rendered;
    }

    /**
     * Renders a failed chart again without rewritten notes, because these change the positions in the messages of Helm.
     */
    private RenderedChart inHelmsWords(PreparedChart chart, RenderedChart rendered) throws IOException {
        if (!chart.wasRefused()) {
            return rendered;
        }
        PreparedChart plain = ask(PreparedChart.plain(work, calls++, chart.request(), limits));
        EngineAnswer answer = plain.isAsked() ? engine.answer(plain.number()) : EngineAnswer.refused("");
        return answer.outcome() == EngineAnswer.Outcome.REFUSED
                        && !answer.text().isEmpty()
                ? RenderedChart.failed(answer.text())
                : rendered;
    }

    private PreparedChart ask(PreparedChart chart) throws IOException {
        if (chart.isAsked()) {
            engine.ask(chart.number());
        }
        return chart;
    }
}
