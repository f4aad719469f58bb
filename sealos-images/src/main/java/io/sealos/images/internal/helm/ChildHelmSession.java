package io.sealos.images.internal.helm;

import io.sealos.images.ChartLimits;
import io.sealos.images.ChartRenderRequest;
import io.sealos.images.ChartRenderer;
import io.sealos.images.RenderedChart;
import io.sealos.internal.files.TemporaryDirectory;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Renders the charts of several scans in one child process, which is started for the first of them. The scans take
 * turns.
 */
final class ChildHelmSession implements ChartRenderer.Session {
    private final Path cache;
    private final ChartLimits limits;
    private final Function<EngineFailure, ChartRenderer> next;
    private final ReentrantLock turn = new ReentrantLock();
    private @Nullable Running running;
    private boolean closed;

    ChildHelmSession(Path cache, ChartLimits limits, Function<EngineFailure, ChartRenderer> next) {
        this.cache = cache;
        this.limits = limits;
        this.next = next;
    }

    /** An engine with its work directory. */
    private record Running(TemporaryDirectory work, ChildEngine engine, ChartBatch charts) implements AutoCloseable {
        @Override
        public void close() {
            engine.close();
            work.close();
        }
    }

    /** Renders charts. */
    private interface Work {
        void perform(ChartBatch charts) throws IOException;
    }

    @Override
    public RenderedChart render(ChartRenderRequest request) throws IOException {
        return renderAll(List.of(request)).get(0);
    }

    @Override
    public List<RenderedChart> renderAll(List<ChartRenderRequest> requests) throws IOException {
        List<RenderedChart> rendered = new ArrayList<>();
        Optional<EngineFailure> failure = inTurn(charts -> rendered.addAll(charts.render(requests)));
        return failure.isEmpty() ? rendered : next.apply(failure.get()).renderAll(requests);
    }

    @Override
    public void renderWithin(Duration time, List<ChartRenderRequest> requests, Consumer<? super RenderedChart> receiver)
            throws IOException {
        Optional<EngineFailure> failure = inTurn(charts -> charts.render(requests, Deadline.in(time), receiver));
        if (failure.isPresent()) {
            next.apply(failure.get()).renderWithin(time, requests, receiver);
        }
    }

    private Optional<EngineFailure> inTurn(Work work) throws IOException {
        try {
            turn.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a chart was rendered");
        }
        try {
            return perform(work);
        } finally {
            turn.unlock();
        }
    }

    private Optional<EngineFailure> perform(Work work) throws IOException {
        if (closed) {
            throw new IllegalStateException("the session of the scanner is closed; open another one");
        }
        Optional<EngineFailure> failure = running == null ? start() : Optional.empty();
        return failure.isPresent() ? failure : perform(work, Objects.requireNonNull(running));
    }

    private Optional<EngineFailure> start() throws IOException {
        TemporaryDirectory work = TemporaryDirectory.create(EngineCall.PREFIX);
        try {
            ChildEngine engine = new ChildEngine(work.path(), EngineFiles.find(cache, work.path()), limits);
            running = new Running(work, engine, new ChartBatch(work.path(), limits, engine));
            return Optional.empty();
        } catch (IOException e) {
            work.close();
            return Optional.of(EngineFailure.of(e));
        } catch (RuntimeException e) {
            work.close();
            throw e;
        }
    }

    /** Renders the charts of a scan. If anything but a chart fails, the next scan starts another engine. */
    private Optional<EngineFailure> perform(Work work, Running current) throws IOException {
        boolean well = false;
        try {
            current.engine().beginScan();
            work.perform(current.charts());
            Optional<EngineFailure> failure = current.engine().failure();
            well = failure.isEmpty();
            return failure;
        } finally {
            if (!well) {
                stop();
            }
        }
    }

    private void stop() {
        if (running != null) {
            running.close();
            running = null;
        }
    }

    @Override
    public void close() {
        turn.lock();
        try {
            closed = true;
            stop();
        } finally {
            turn.unlock();
        }
    }
}
