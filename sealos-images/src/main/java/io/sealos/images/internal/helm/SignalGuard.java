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
 * Keeps the process's handlers of signals over the engine's first rendering, which takes them and gives them never
 * back: {@code SIGTERM} would not end the process any more, and {@code jcmd} would fail.
 */
final class SignalGuard {
    /** Hang-up, interrupt, quit, terminate: the same numbers on every Unix. */
    private static final int[] SIGNALS = {1, 2, 3, 15};

    private static final int LARGEST_ACTION = 512;

    private SignalGuard() {}

    /** One at a time in the whole process: a second one would save what the engine has just set. */
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
