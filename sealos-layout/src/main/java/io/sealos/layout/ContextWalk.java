package io.sealos.layout;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * One walk through a directory in an order that no file system decides. Links are not entered. Only the names of the
 * folders on the way are held, so that the number of files does not matter.
 */
final class ContextWalk {
    private final ClusterImageLayout layout;
    private final Predicate<ContextFile> entered;

    ContextWalk(ClusterImageLayout layout, Predicate<ContextFile> entered) {
        this.layout = layout;
        this.entered = entered;
    }

    void walk(Path start, Consumer<ContextFile> visitor) {
        Deque<Path> open = new ArrayDeque<>(List.of(start));
        while (!open.isEmpty()) {
            ContextFile file = new ContextFile(layout, open.pop());
            if (!entered.test(file)) {
                continue;
            }
            visitor.accept(file);
            List<Path> entries = file.paths();
            for (int last = entries.size() - 1; last >= 0; last--) {
                open.push(entries.get(last));
            }
        }
    }
}
