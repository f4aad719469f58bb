package io.sealos.images.internal.helm;

import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import org.jspecify.annotations.Nullable;

/**
 * The result of a function of the native library: four texts that the library owns. The class is public because JNA
 * creates it.
 */
@Structure.FieldOrder({"out", "err", "stdOut", "stdErr"})
public final class EngineResult extends Structure implements Structure.ByValue {
    /** The rendered documents. */
    public @Nullable Pointer out;
    /** The reason why the chart was not rendered. */
    public @Nullable Pointer err;
    /** The text on the standard output. */
    public @Nullable Pointer stdOut;
    /** The warnings. */
    public @Nullable Pointer stdErr;
}
