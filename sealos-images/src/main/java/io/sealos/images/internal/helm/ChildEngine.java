package io.sealos.images.internal.helm;

import io.sealos.images.ChartLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The engine in a child process; a chart that kills or stalls it costs the others nothing but a new start. */
final class ChildEngine implements ChartBatch.Engine, AutoCloseable {
    private final Path work;
    private final Path cache;
    private final ChartLimits limits;
    private final List<Integer> asked = new ArrayList<>();
    private ChildProcess child;
    private String startFailure = "";

    ChildEngine(Path work, Path cache, ChartLimits limits) throws IOException {
        this.work = work;
        this.cache = cache;
        this.limits = limits;
        this.child = new ChildProcess(work, cache, limits);
    }

    @Override
    public void ask(int number) {
        asked.add(number);
        child.ask(number);
    }

    @Override
    public EngineAnswer answer(int number) throws IOException {
        if (!startFailure.isEmpty()) {
            return EngineAnswer.lost(startFailure);
        }
        boolean well = child.awaitAnswer(number);
        asked.remove(Integer.valueOf(number));
        return well ? EngineAnswer.read(WorkFolder.answer(work, number)) : lost();
    }

    private EngineAnswer lost() throws IOException {
        if (Files.exists(WorkFolder.failure(work))) {
            startFailure = "the Helm engine does not start: " + Files.readString(WorkFolder.failure(work));
            return EngineAnswer.lost(startFailure);
        }
        if (!child.isAlive()) {
            // A damaged library may end it, too.
            CheckedLibrary.forgetAll(cache);
        }
        String reason = child.isAlive()
                ? "Helm did not finish within " + limits.time().toMillis() / 1000.0 + " seconds"
                : "Helm's process ended: " + child.complaint();
        child.close();
        child = new ChildProcess(work, cache, limits);
        asked.forEach(child::ask);
        return EngineAnswer.lost(reason);
    }

    /** Why no chart at all can be rendered, if so. */
    String startFailure() {
        return startFailure;
    }

    @Override
    public void close() {
        child.close();
    }
}
