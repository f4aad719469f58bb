package io.sealos.layout;

import io.sealos.internal.overlay.ReportedPath;
import io.sealos.internal.text.Printable;
import io.sealos.kubefile.SourceRange;
import io.sealos.layout.internal.report.Artifact;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The place of a finding.
 *
 * @param path the file or directory, relative to the directory of the report
 * @param range the place within the file; null if the finding is about the whole file
 * @param artifact the file at which it is shown if the path is a directory
 */
record FindingPlace(String path, @Nullable SourceRange range, Artifact artifact) implements Serializable {
    FindingPlace {
        Objects.requireNonNull(path, "path");
    }

    /**
     * {@return the place relative to another directory}
     *
     * @param directory the path from there to this directory
     */
    FindingPlace within(String directory) {
        return new FindingPlace(ReportedPath.within(directory, path), range, artifact.within(directory));
    }

    /** {@return the path, with line and column if known} */
    @Override
    public String toString() {
        String name = Printable.of(path);
        return range == null ? name : name + ":" + range.start();
    }
}
