package io.sealos.images.internal.helm;

import io.sealos.images.ChartLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The engine in a child process. If a chart ends or blocks the process, it is restarted for the remaining charts. A
 * process that ends after it has rendered the charts of earlier scans may have ended because of those, so the chart is
 * rendered again by another one.
 */
final class ChildEngine implements ChartBatch.Engine, AutoCloseable {
    /** The time for an abandoned call. If it takes longer, another process is started. */
    private static final Duration GRACE = Duration.ofMillis(200);

    private final Path work;
    private final EngineFiles files;
    private final ChartLimits limits;
    private final List<Integer> asked = new ArrayList<>();
    /** The calls whose answers nobody awaits any more. */
    private final List<Integer> abandoned = new ArrayList<>();

    private ChildProcess child;
    private boolean isFresh = true;
    private boolean isUsed;
    private @Nullable EngineFailure failure;

    ChildEngine(Path work, EngineFiles files, ChartLimits limits) throws IOException {
        this.work = work;
        this.files = files;
        this.limits = limits;
        this.child = start();
    }

    /** Starts the process. The library is located or unpacked while Java starts. */
    private ChildProcess start() throws IOException {
        ChildProcess started = new ChildProcess(work, files, limits);
        try {
            started.load(files.library());
            return started;
        } catch (IOException | RuntimeException e) {
            started.close();
            throw e;
        }
    }

    /** Begins the next scan. All charts of the earlier ones have been awaited or abandoned. */
    void beginScan() throws IOException {
        isFresh = !isUsed;
        boolean idle = true;
        for (int number : abandoned) {
            idle = idle && child.awaitAnswer(number, GRACE);
        }
        abandoned.clear();
        if (!idle) {
            restart();
        }
    }

    @Override
    public void ask(int number) {
        isUsed = true;
        asked.add(number);
        child.ask(number);
    }

    @Override
    public Optional<EngineAnswer> answer(int number, Deadline deadline) throws IOException {
        if (failure != null) {
            return Optional.of(EngineAnswer.lost(failure.reason()));
        }
        Duration time = deadline.within(limits.time());
        boolean well = child.awaitAnswer(number, time);
        if (!well && !isFresh && !child.isAlive()) {
            if (!restart()) {
                return Optional.of(
                        EngineAnswer.lost(Objects.requireNonNull(failure).reason()));
            }
            time = deadline.within(limits.time());
            well = child.awaitAnswer(number, time);
        }
        if (!well && child.isAlive() && deadline.hasPassed()) {
            abandoned.addAll(asked);
            asked.clear();
            return Optional.empty();
        }
        asked.remove(Integer.valueOf(number));
        return Optional.of(well ? EngineAnswer.read(EngineCall.answer(work, number)) : lost(time));
    }

    private EngineAnswer lost(Duration time) throws IOException {
        boolean ended = !child.isAlive();
        if (ended) {
            // The cause may also be a damaged file.
            files.distrust();
        }
        if (Files.exists(EngineCall.failure(work))) {
            return failed(EngineFailure.ofStart(Files.readString(EngineCall.failure(work))));
        }
        String reason = ended
                ? "Helm's process ended: " + child.complaint()
                : "Helm did not finish within " + time.toMillis() / 1000.0 + " seconds";
        return restart() ? EngineAnswer.lost(reason) : failed(Objects.requireNonNull(failure));
    }

    /** Starts another process, which renders the charts that are awaited. Returns false if it does not start. */
    private boolean restart() throws IOException {
        child.close();
        isFresh = true;
        try {
            child = start();
        } catch (IOException e) {
            failure = EngineFailure.of(e);
            return false;
        }
        asked.forEach(child::ask);
        return true;
    }

    private EngineAnswer failed(EngineFailure why) {
        failure = why;
        return EngineAnswer.lost(why.reason());
    }

    /** {@return the reason why no chart at all can be rendered; empty if charts can be rendered} */
    Optional<EngineFailure> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public void close() {
        child.close();
    }
}
