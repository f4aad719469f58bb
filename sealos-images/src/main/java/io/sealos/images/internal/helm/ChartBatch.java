package io.sealos.images.internal.helm;

import io.sealos.images.ChartLimits;
import io.sealos.images.ChartRenderRequest;
import io.sealos.images.RenderedChart;
import io.sealos.internal.files.FileTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Renders the charts of one scan after the other with an engine. */
final class ChartBatch {
    /** Renders the calls in the work directory, which are identified by numbers, in the order of the requests. */
    interface Engine {
        void ask(int number) throws IOException;

        /** {@return the answer to a call; empty if the deadline has passed, and the calls are abandoned} */
        Optional<EngineAnswer> answer(int number, Deadline deadline) throws IOException;
    }

    /** The number of requests that are submitted before the first of them is answered. */
    private static final int AHEAD = 3;

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
        CopiedCharts baked = new CopiedCharts(true);
        List<PreparedChart> charts = new ArrayList<>();
        for (ChartRenderRequest request : requests) {
            charts.add(ask(baked.prepare(request)));
        }
        List<RenderedChart> rendered = new ArrayList<>();
        for (PreparedChart chart : charts) {
            rendered.add(rendered(chart, Deadline.NONE).orElseThrow());
        }
        CopiedCharts plain = new CopiedCharts(false);
        for (int i = 0; i < charts.size(); i++) {
            rendered.set(i, inHelmsWords(charts.get(i), rendered.get(i), plain, Deadline.NONE));
        }
        return rendered;
    }

    /**
     * Renders charts until the deadline. Some requests are submitted ahead, so that an engine in another process works
     * while the receiver reads a chart.
     */
    void render(List<ChartRenderRequest> requests, Deadline deadline, Consumer<? super RenderedChart> receiver)
            throws IOException {
        deleteFiles();
        CopiedCharts baked = new CopiedCharts(true);
        CopiedCharts plain = new CopiedCharts(false);
        Deque<PreparedChart> ahead = new ArrayDeque<>();
        Iterator<ChartRenderRequest> rest = requests.iterator();
        while (rest.hasNext() || !ahead.isEmpty()) {
            while (rest.hasNext() && ahead.size() < AHEAD && !deadline.hasPassed()) {
                ahead.add(ask(baked.prepare(rest.next())));
            }
            PreparedChart chart = ahead.poll();
            Optional<RenderedChart> rendered = chart == null ? Optional.empty() : rendered(chart, deadline);
            if (chart == null || rendered.isEmpty()) {
                return;
            }
            delete(EngineCall.answer(work, chart.number()));
            RenderedChart inWords = inHelmsWords(chart, rendered.get(), plain, deadline);
            if (chart.wasRefused() && deadline.hasPassed()) {
                return; // The message may name the rewritten notes.
            }
            receiver.accept(inWords);
        }
    }

    /** {@return a chart that has been rendered; empty if the deadline has passed} */
    private Optional<RenderedChart> rendered(PreparedChart chart, Deadline deadline) throws IOException {
        return chart.isAsked()
                ? engine.answer(chart.number(), deadline).map(chart::result)
                : Optional.of(chart.refusal());
    }

    /**
     * Renders a failed chart again without rewritten notes, because these change the positions in the messages of Helm.
     */
    private RenderedChart inHelmsWords(
            PreparedChart chart, RenderedChart rendered, CopiedCharts copies, Deadline deadline) throws IOException {
        if (!chart.wasRefused()) {
            return rendered;
        }
        PreparedChart plain = ask(copies.prepare(chart.request()));
        EngineAnswer none = EngineAnswer.refused("");
        EngineAnswer answer =
                plain.isAsked() ? engine.answer(plain.number(), deadline).orElse(none) : none;
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

    /** The charts that have been copied, each of which is rendered with several values. */
    private final class CopiedCharts {
        private final boolean baked;
        private final Map<List<Object>, PreparedChart> copies = new HashMap<>();

        CopiedCharts(boolean baked) {
            this.baked = baked;
        }

        PreparedChart prepare(ChartRenderRequest request) throws IOException {
            List<Object> key = List.of(request.chart(), request.apiVersions(), request.isSchemaSkipped());
            int number = calls++;
            PreparedChart copy = copies.get(key);
            if (copy != null && copy.isAsked()) {
                return copy.withRequest(work, number, request, limits);
            }
            PreparedChart first = baked
                    ? PreparedChart.baked(work, number, request, limits)
                    : PreparedChart.plain(work, number, request, limits);
            copies.put(key, first);
            return first;
        }
    }
}
