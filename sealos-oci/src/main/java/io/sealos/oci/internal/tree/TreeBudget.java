package io.sealos.oci.internal.tree;

/** How many entries the stages of a build may have together: stages that copy each other twice double each time. */
final class TreeBudget {
    private static final int MOST = 1_000_000;

    private long entries;

    void add(long more) {
        entries += more;
        if (entries > MOST) {
            throw new StepException("the stages have more than " + MOST + " files and directories together; copy less,"
                    + " or exclude files by .dockerignore");
        }
    }

    long entries() {
        return entries;
    }
}
