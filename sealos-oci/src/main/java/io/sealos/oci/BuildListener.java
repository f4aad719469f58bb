package io.sealos.oci;

/**
 * Receives the events of a build. Called by the threads of the build, several at a time: implementations must be
 * thread-safe and quick.
 *
 * <p>A listener that throws an exception is not called again; the build goes on. The exception is given to the uncaught
 * exception handler of the calling thread, which prints it by default.
 */
@FunctionalInterface
public interface BuildListener {
    /** A listener that ignores all events. */
    BuildListener NONE = event -> {};

    /**
     * Called once for each event.
     *
     * @param event the event
     */
    void onEvent(BuildEvent event);
}
