package io.sealos.images.internal.helm;

import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the native library returns: four texts that it owns. Public because JNA makes it. */
public final class EngineResult extends Structure implements Structure.ByValue {
    /** What it rendered. */
    public @Nullable Pointer out;
    /** Why it did not. */
    public @Nullable Pointer err;
    /** What it printed. */
    public @Nullable Pointer stdOut;
    /** Its warnings. */
    public @Nullable Pointer stdErr;

    @Override
    protected List<String> getFieldOrder() {
        return List.of("out", "err", "stdOut", "stdErr");
    }
}
