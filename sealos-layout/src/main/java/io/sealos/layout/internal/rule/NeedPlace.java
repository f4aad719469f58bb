package io.sealos.layout.internal.rule;

import io.sealos.images.CommandNeed;
import io.sealos.kubefile.BuildFiles;
import io.sealos.kubefile.SourceRange;
import io.sealos.layout.ClusterImageLayout;
import io.sealos.layout.FindingSink;
import java.util.Optional;

/** The place in the build file or in a script at which a command names a file that it needs. */
record NeedPlace(ClusterImageLayout layout, CommandNeed need) {
    void report(FindingSink findings, String message, String fix) {
        if (BuildFiles.NAMES.contains(need.file())) {
            new Commands(layout).report(findings, need.name(), message, fix);
            return;
        }
        Optional<SourceRange> place = Lines.of(layout, need.file(), need.line(), need.name());
        if (place.isPresent()) {
            findings.report(need.file(), place.get(), message, fix);
        } else {
            findings.report(need.file(), message, fix);
        }
    }
}
