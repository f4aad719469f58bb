package io.sealos.layout;

import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A walk through a directory in the order of the names. Linked directories are not entered. Only the entries of the
 * directories on the way are held in memory.
 */
final class ContextWalk {
    private final Predicate<ContextFile> entered;

    ContextWalk(Predicate<ContextFile> entered) {
        this.entered = entered;
    }

    void walk(ContextFile start, Consumer<ContextFile> visitor) {
        Deque<ContextFile> open = new ArrayDeque<>(List.of(start));
        while (!open.isEmpty()) {
            // An interrupted thread cannot read files, and a file that is not read has no findings.
            if (Thread.currentThread().isInterrupted()) {
                throw new UncheckedIOException(new InterruptedIOException("interrupted while files were looked at"));
            }
            ContextFile file = open.pop();
            if (entered.test(file)) {
                visitor.accept(file);
                List<ContextFile> children = file.children();
                for (int last = children.size() - 1; last >= 0; last--) {
                    open.push(children.get(last));
                }
            }
            file.release();
        }
    }
}
