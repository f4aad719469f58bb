package io.sealos.oci;

import java.util.Objects;

/**
 * A listener that receives the events of a build. It is called by the threads of the build, possibly by several at the
 * same time. Implementations must be thread-safe and should return quickly. The events of one image, blob, layer or
 * file are passed in their order, those of different ones in any order. All events of a phase are passed between its
 * start and its end. A listener may be used for several builds at the same time.
 *
 * <p>A listener delays the thread that calls it, and with it the build; no event is dropped and none is queued. What
 * takes time, such as sending to a browser or writing to a database, belongs to a thread of the caller: one that asks
 * {@link Progress#snapshot} a few times a second, which costs the same whatever the number of events is; or, if each
 * event matters, one that takes them from a queue with a limit, to which the listener offers them.
 *
 * <p>A listener that throws an exception is not called again, and the build continues. The exception is passed to the
 * uncaught exception handler of the calling thread, which prints it by default.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface BuildListener {
    /** A listener that ignores all events. */
    BuildListener NONE = event -> {};

    /**
     * Handles an event. Called once for each event.
     *
     * @param event the event
     */
    void onEvent(BuildEvent event);

    /**
     * {@return a listener that passes each event to this listener, and then to another one} If one of them throws an
     * exception, neither is called again.
     *
     * @param next the other listener
     */
    default BuildListener andThen(BuildListener next) {
        Objects.requireNonNull(next, "next");
        return event -> {
            onEvent(event);
            next.onEvent(event);
        };
    }
}
