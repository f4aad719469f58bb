package io.sealos.images.internal.helm;

import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import org.jspecify.annotations.Nullable;

/** The result of the native library: four texts that it owns. Public because JNA creates it. */
@Structure.FieldOrder({"out", "err", "stdOut", "stdErr"})
public final class EngineResult extends Structure implements Structure.ByValue {
    /** The rendered documents. */
    public @Nullable Pointer out;
    /** The reason why it did not render. */
    public @Nullable Pointer err;
    /** The text that it printed. */
    public @Nullable Pointer stdOut;
    /** Its warnings. */
    public @Nullable Pointer stdErr;
}
