package io.sealos.layout;

import io.sealos.internal.files.FileState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Checks each file by the rules. The rules about contents are skipped for a file that is known to be clean. */
final class FileWalk {
    /** Must be incremented when a standard rule about contents finds more than before. */
    private static final int EDITION = 1;

    private final List<RuleSink> others = new ArrayList<>();
    private final List<RuleSink> aboutContents = new ArrayList<>();
    private final CleanFiles known;
    private final String rules;
    private final LongStream.Builder clean = LongStream.builder();

    private record RuleSink(LayoutRule.FileCheck check, FindingSink sink) {}

    FileWalk(Map<LayoutRule, FindingSink> sinks, CleanFiles known) {
        sinks.forEach((rule, sink) -> {
            if (rule.checksFiles()) {
                (rule.isAboutContents() ? aboutContents : others).add(new RuleSink(rule.fileCheck(), sink));
            }
        });
        this.known = known;
        this.rules = sinks.keySet().stream()
                .filter(LayoutRule::isAboutContents)
                .map(LayoutRule::id)
                .collect(Collectors.joining(" ", version() + " ", ""));
    }

    /**
     * {@return the version of the rules, because another version may find more; on the module path, only the edition}
     */
    private static String version() {
        return EDITION + " " + FileWalk.class.getPackage().getImplementationVersion();
    }

    void visit(ContextFile file) {
        for (RuleSink rule : others) {
            rule.check().find(file, rule.sink());
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
        for (RuleSink rule : aboutContents) {
            rule.check().find(file, rule.sink());
        }
        // A file that could not be read is not known to be clean.
        return found() == before && file.failedReads() == failedBefore;
    }

    private long found() {
        long found = 0;
        for (RuleSink rule : aboutContents) {
            found += rule.sink().count();
        }
        return found;
    }

    CleanFiles cleanFiles() {
        return CleanFiles.of(rules, clean.build());
    }
}
