package io.sealos.internal.files;

/** An exception, other than a {@link io.sealos.SealosException}, that knows its place, problem and fix. */
public interface PlacedProblem {
    /** {@return the file, image or host that has the problem; empty if it is not known} */
    String place();

    /** {@return the problem} */
    String problem();

    /** {@return the fix; empty if it is not known} */
    String fix();
}
