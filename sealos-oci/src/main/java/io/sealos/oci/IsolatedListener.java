package io.sealos.oci;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Keeps what a listener throws away from the build: the listener is not called again, and its thread's handler hears.
 */
final class IsolatedListener implements BuildListener {
    private final BuildListener listener;
    private final AtomicBoolean failed = new AtomicBoolean();

    IsolatedListener(BuildListener listener) {
        this.listener = listener;
    }

    @Override
    public void onEvent(BuildEvent event) {
        if (failed.get()) {
            return;
        }
        try {
            listener.onEvent(event);
        } catch (RuntimeException e) {
            if (failed.compareAndSet(false, true)) {
                Thread thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
            }
        }
    }
}
