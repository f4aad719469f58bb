package io.sealos.oci;

import io.sealos.internal.text.Printable;
import io.sealos.oci.internal.progress.CallRun;
import io.sealos.oci.internal.progress.ConsoleLine;
import io.sealos.oci.internal.progress.PhaseText;
import io.sealos.oci.internal.progress.Terminal;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Shows the progress of builds to a person: a listener that draws a bar where the output is a terminal, and writes
 * plain lines elsewhere.
 *
 * <pre>{@code
 * try (ConsoleProgress console = ConsoleProgress.to(System.err)) {
 *     ClusterImage image = ClusterImage.builder().context(directory).listener(console).build();
 *     image.plan().findings().forEach(console::println);
 *     image.writeTo(OciLayout.archive(file));
 * }
 * }</pre>
 *
 * <p>When a phase ends, a line states what was done, how much of it was reused, and the time, except that manifests
 * were read or that there was nothing to do. At the end of each call except {@link ClusterImageBuilder#build}, a line
 * begins with {@code Done}, {@code Failed} or {@code Cancelled}. Retries and notices about saved images are written
 * when they occur. Sizes are in decimal units as docker shows them (1 kB = 1000 bytes). The output contains neither
 * colors nor escape sequences, regardless of {@code NO_COLOR}.
 *
 * <p><b>Width.</b> A bar has at most 79 characters, or one less than the environment variable {@code COLUMNS} says,
 * from 40 to 200. Shells set this variable but do not export it: {@code export COLUMNS} makes it known.
 *
 * <p><b>Terminal.</b> Java only tells whether the standard input and the standard output of the process are a terminal,
 * not whether the standard error is one. {@link #to(PrintStream)} depends on the former for both streams: it draws no
 * bar on {@code System.err} if the standard output is a file or a pipe, and it draws one into the file of
 * {@code 2>file}. A program that knows better, for example from an option such as {@code --progress=plain}, states the
 * style: {@link #to(PrintStream, Style)}.
 *
 * <p>Other output to the same terminal disturbs the bar; {@link #println} writes a line above it. Thread-safe. It
 * starts no thread: the bar moves when there are events. {@link #close} removes the bar, and does not close the stream.
 * One console may be used for several calls and builders. For a progress with a design of its own, see
 * {@link Progress}.
 *
 * @since 0.1.0
 */
public final class ConsoleProgress implements BuildListener, AutoCloseable {
    private static final long DRAW_PAUSE = Duration.ofMillis(100).toNanos();
    private static final long LINE_PAUSE = Duration.ofSeconds(10).toNanos();

    private final Style style;
    private final LongSupplier nanoTime;
    private final ConsoleLine line;
    // Only looked up by key.
    private final Map<String, Long> calls = new HashMap<>();
    private Progress progress;
    private long shown;
    private boolean closed;
    private boolean stopping;

    /** The ways to show progress. */
    public enum Style {
        /** A bar that is drawn again in place, at most ten times a second, and a line for each phase that has ended. */
        BAR,
        /** A line for each phase that has ended, and every ten seconds a line for the phase that is running. */
        LINES,
        /** Nothing, except what is passed to {@link ConsoleProgress#println}. */
        QUIET;

        /**
         * {@return the style that suits the standard streams of this process} It is {@link #BAR} if its standard input
         * and output are a terminal, {@code TERM} is not {@code dumb}, and {@code CI} is unset, empty or {@code false};
         * otherwise {@link #LINES}.
         */
        public static Style ofProcess() {
            return Terminal.ofProcess().canRedraw() ? BAR : LINES;
        }
    }

    ConsoleProgress(PrintStream out, Style style, int width, LongSupplier nanoTime) {
        this.style = Objects.requireNonNull(style, "style");
        this.nanoTime = nanoTime;
        this.line = new ConsoleLine(Objects.requireNonNull(out, "out"), width - 1);
        this.progress = Progress.create(nanoTime);
    }

    /**
     * {@return a listener that shows progress on a standard stream of this process, in the style
     * {@link Style#ofProcess}}
     *
     * @param out {@link System#out} or {@link System#err}, which is not closed; for other streams, state the style
     */
    public static ConsoleProgress to(PrintStream out) {
        return to(out, Style.ofProcess());
    }

    /**
     * {@return a listener that shows progress in a style}
     *
     * @param out the stream, which is not closed
     * @param style the style
     */
    public static ConsoleProgress to(PrintStream out, Style style) {
        return new ConsoleProgress(out, style, Terminal.ofProcess().width(), System::nanoTime);
    }

    /**
     * Writes a line above the bar. It is written in every style, including {@link Style#QUIET}, and also after
     * {@link #close}.
     *
     * @param text the text, which is written as it is
     */
    public synchronized void println(Object text) {
        line.print(String.valueOf(text));
    }

    @Override
    public synchronized void onEvent(BuildEvent event) {
        if (closed || style == Style.QUIET) {
            return;
        }
        if (event instanceof CallEvent.Started && progress.snapshot().state() != Progress.State.RUNNING) {
            // The lines are about one call, or calls that run at the same time.
            progress = Progress.create(nanoTime);
        }
        progress.onEvent(event);
        // The bytes of cancelled blobs are taken back, which is no progress to show.
        stopping = event instanceof BuildEvent.BlobCancelled || (stopping && !(event instanceof CallEvent));
        if (event instanceof PhaseEvent.Started || event instanceof PhaseEvent.Ended) {
            phaseChanged((PhaseEvent) event);
        } else if (event instanceof CallEvent call) {
            callChanged(call);
        } else if (event instanceof BuildEvent.RequestRetried || event instanceof BuildEvent.SavingNoted) {
            line.print(Printable.message(event.toString()));
        } else if (event instanceof PhaseEvent) {
            show(nanoTime.getAsLong());
        }
    }

    private void phaseChanged(PhaseEvent event) {
        Optional<Progress.Phase> phase = progress.snapshot().phase(event.phase());
        if (event instanceof PhaseEvent.Ended) {
            line.erase();
            phase.map(PhaseText::new).filter(PhaseText::hasEnd).ifPresent(text -> line.print(text.end()));
        }
        shown = nanoTime.getAsLong();
        draw();
    }

    private void callChanged(CallEvent event) {
        long now = nanoTime.getAsLong();
        if (event instanceof CallEvent.Ended ended) {
            long began = Objects.requireNonNullElse(calls.remove(ended.call()), now);
            if (!ended.call().equals(CallRun.BUILD)) {
                line.print(PhaseText.call(ended, Duration.ofNanos(now - began)));
            }
        } else {
            calls.put(event.call(), now);
        }
    }

    private void show(long now) {
        if (stopping || now - shown < (style == Style.BAR ? DRAW_PAUSE : LINE_PAUSE)) {
            return;
        }
        shown = now;
        if (style == Style.BAR) {
            draw();
        } else {
            running().ifPresent(text -> line.print(text.line()));
        }
    }

    private Optional<PhaseText> running() {
        return progress.snapshot()
                .current()
                .filter(phase -> phase.state() == Progress.State.RUNNING)
                .map(PhaseText::new);
    }

    private void draw() {
        if (style == Style.BAR && !stopping) {
            running().ifPresent(text -> line.draw(text.bar(line.width())));
        }
    }

    /** Removes the bar. Later events are ignored. */
    @Override
    public synchronized void close() {
        closed = true;
        line.erase();
    }
}
