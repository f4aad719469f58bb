package io.sealos.oci;

/**
 * Hears what happens while a cluster image is built. Called by the threads of the build, several at a time: an
 * implementation has to be thread-safe and quick. What it throws ends the build.
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
