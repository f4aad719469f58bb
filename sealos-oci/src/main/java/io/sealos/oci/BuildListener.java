package io.sealos.oci;

/**
 * Hears what happens while a cluster image is built. Called by the threads of the build, several at a time: an
 * implementation has to be thread-safe and quick.
 *
 * <p>A listener that throws hears nothing more; the build goes on. What it threw is given to the uncaught exception
 * handler of the thread that called it, which by default prints it.
 */
@FunctionalInterface
public interface BuildListener {
    /** Hears nothing. */
    BuildListener NONE = event -> {};

    /**
     * Called once for each event.
     *
     * @param event what happened
     */
    void onEvent(BuildEvent event);
}
