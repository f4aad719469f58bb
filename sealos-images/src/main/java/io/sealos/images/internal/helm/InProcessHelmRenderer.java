package io.sealos.images.internal.helm;

import io.sealos.images.ChartLimits;
import io.sealos.images.ChartRenderRequest;
import io.sealos.images.ChartRenderer;
import io.sealos.images.RenderedChart;
import io.sealos.internal.files.TemporaryDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

    @Override
    public List<RenderedChart> renderAll(List<ChartRenderRequest> requests) throws IOException {
        EngineFailure failure;
        try (TemporaryDirectory directory = TemporaryDirectory.create(EngineCall.PREFIX)) {
            Path work = directory.path();
            try {
                NativeEngine helm = EngineFiles.find(cache, work).load();
                renderFirst(helm, work);
                return new ChartBatch(work, limits, new Engine(work, helm)).render(requests);
            } catch (EngineMissingException e) {
                failure = EngineFailure.of(e);
            } catch (LinkageError e) {
                failure = EngineFailure.ofStart(String.valueOf(e.getMessage()));
            }
        }
        return next.apply(failure).renderAll(requests);
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
        public EngineAnswer answer(int number) throws IOException {
            return helm.answer(EngineCall.read(EngineCall.file(work, number)));
        }
    }
}
