package io.sealos.images.internal.helm;

import io.sealos.images.ChartLimits;
import io.sealos.images.ChartRenderRequest;
import io.sealos.images.ChartRenderer;
import io.sealos.images.RenderedChart;
import io.sealos.internal.files.TemporaryDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Renders trusted charts in this process. */
final class InProcessHelmRenderer implements ChartRenderer {
    private final Path cache;
    private final ChartLimits limits;
    private final Function<EngineFailure, ChartRenderer> next;

    InProcessHelmRenderer(Path cache, ChartLimits limits, Function<EngineFailure, ChartRenderer> next) {
        this.cache = cache;
        this.limits = limits;
        this.next = next;
    }

    @Override
    public RenderedChart render(ChartRenderRequest request) throws IOException {
        return renderAll(List.of(request)).get(0);
    }

    /** Renders charts. */
    private interface Work {
        void perform(ChartBatch charts) throws IOException;
    }

    @Override
    public List<RenderedChart> renderAll(List<ChartRenderRequest> requests) throws IOException {
        List<RenderedChart> rendered = new ArrayList<>();
        Optional<EngineFailure> failure = perform(charts -> rendered.addAll(charts.render(requests)));
        return failure.isEmpty() ? rendered : next.apply(failure.get()).renderAll(requests);
    }

    @Override
    public void renderWithin(Duration time, List<ChartRenderRequest> requests, Consumer<? super RenderedChart> receiver)
            throws IOException {
        Optional<EngineFailure> failure = perform(charts -> charts.render(requests, Deadline.in(time), receiver));
        if (failure.isPresent()) {
            next.apply(failure.get()).renderWithin(time, requests, receiver);
        }
    }

    /** {@return the reason why the engine does not work; empty if it does} */
    private Optional<EngineFailure> perform(Work work) throws IOException {
        try (TemporaryDirectory directory = TemporaryDirectory.create(EngineCall.PREFIX)) {
            Path path = directory.path();
            NativeEngine helm = EngineFiles.find(cache, path).load();
            renderFirst(helm, path);
            work.perform(new ChartBatch(path, limits, new Engine(path, helm)));
            return Optional.empty();
        } catch (EngineMissingException e) {
            return Optional.of(EngineFailure.of(e));
        } catch (LinkageError e) {
            return Optional.of(EngineFailure.ofStart(String.valueOf(e.getMessage())));
        }
    }

    /** Renders an empty chart first, because the first rendering of a process replaces the signal handlers. */
    private void renderFirst(NativeEngine helm, Path work) throws IOException {
        Path chart = Files.createDirectories(work.resolve("first"));
        Files.writeString(chart.resolve("Chart.yaml"), "apiVersion: v2\nname: first\nversion: 0.1.0\n");
        Path values = Files.writeString(work.resolve("first-values.yaml"), "{}");
        EngineCall call = new EngineCall(chart, List.of("1.31.0"), "release", "default", values, "", limits.output());
        SignalGuard.keeping(() -> helm.answer(call));
    }

    private record Engine(Path work, NativeEngine helm) implements ChartBatch.Engine {
        @Override
        public void ask(int number) {
            // Nothing else runs at the same time.
        }

        @Override
        public Optional<EngineAnswer> answer(int number, Deadline deadline) throws IOException {
            if (deadline.hasPassed()) {
                return Optional.empty();
            }
            return Optional.of(helm.answer(EngineCall.read(EngineCall.file(work, number))));
        }
    }
}
