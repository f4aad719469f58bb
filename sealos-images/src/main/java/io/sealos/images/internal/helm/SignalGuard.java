package io.sealos.images.internal.helm;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Restores the signal handlers of the process after the first rendering, in which the engine replaces them. Otherwise,
 * {@code SIGTERM} would no longer end the process, and {@code jcmd} would fail.
 */
final class SignalGuard {
    /** The signals SIGHUP, SIGINT, SIGQUIT and SIGTERM, which have the same numbers on every Unix. */
    private static final int[] SIGNALS = {1, 2, 3, 15};

    private static final int LARGEST_ACTION = 512;

    private SignalGuard() {}

    /**
     * Runs one rendering at a time in the whole process. A second one would save the handlers that the engine has just
     * set.
     */
    static <T> T keeping(Supplier<T> rendering) {
        if (Platform.isWindows()) {
            return rendering.get();
        }
        synchronized (SignalGuard.class) {
            Function sigaction = NativeLibrary.getProcess().getFunction("sigaction");
            Map<Integer, Memory> saved = new LinkedHashMap<>();
            for (int signal : SIGNALS) {
                Memory action = new Memory(LARGEST_ACTION);
                sigaction.invokeInt(new Object[] {signal, Pointer.NULL, action});
                saved.put(signal, action);
            }
            try {
                return rendering.get();
            } finally {
                saved.forEach((signal, action) -> sigaction.invokeInt(new Object[] {signal, action, Pointer.NULL}));
            }
        }
    }
}
