package io.sealos.layout;

import java.util.function.BiConsumer;

/** A rule as data: what it is called, how much it matters, what it says, and the check that reports what it found. */
record LayoutRule(String id, Severity severity, String description, Check check) {
    /** Looks at a layout and reports findings; one that has nothing to say reports none. */
    interface Check extends BiConsumer<ClusterImageLayout, FindingSink> {}

    void findIn(ClusterImageLayout layout, FindingSink sink) {
        check.accept(layout, sink);
    }
}
