package io.sealos.layout;

import io.sealos.internal.files.FileState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Shows each file to the rules, and to those about contents only where it is not known what they find. */
final class FileWalk {
    /** To be counted up when a rule about contents finds more than before. */
    private static final int EDITION = 1;

    private final List<Look> others = new ArrayList<>();
    private final List<Look> aboutContents = new ArrayList<>();
    private final CleanFiles known;
    private final String rules;
    private final LongStream.Builder clean = LongStream.builder();

    private record Look(LayoutRule.FileCheck check, FindingSink sink) {}

    FileWalk(Map<LayoutRule, FindingSink> sinks, CleanFiles known) {
        sinks.forEach((rule, sink) -> {
            if (rule.looksAtFiles()) {
                (rule.isAboutContents() ? aboutContents : others).add(new Look(rule.fileCheck(), sink));
            }
        });
        this.known = known;
        this.rules = sinks.keySet().stream()
                .filter(LayoutRule::isAboutContents)
                .map(LayoutRule::id)
                .collect(Collectors.joining(" ", version() + " ", ""));
    }

    /** Another version may find more; on a module path it has no number. */
    private static String version() {
        return EDITION + " " + FileWalk.class.getPackage().getImplementationVersion();
    }

    void visit(ContextFile file) {
        for (Look look : others) {
            look.check().find(file, look.sink());
        }
        Optional<FileState> state = file.settledState();
        boolean unread = state.isEmpty() || !known.has(rules, state.get());
        if (!unread || findsNothing(file)) {
            state.ifPresent(it -> clean.add(CleanFiles.number(it)));
        }
    }

    private boolean findsNothing(ContextFile file) {
        int failedBefore = file.failedReads();
        long before = found();
        for (Look look : aboutContents) {
            look.check().find(file, look.sink());
        }
        // What could not be read is not known to have nothing.
        return found() == before && file.failedReads() == failedBefore;
    }

    private long found() {
        long found = 0;
        for (Look look : aboutContents) {
            found += look.sink().count();
        }
        return found;
    }

    CleanFiles cleanFiles() {
        return CleanFiles.of(rules, clean.build());
    }
}
