package io.sealos.images.internal.context;

import io.sealos.kubefile.SourceRange;
import java.nio.file.Path;

/** The name of a build file, relative to the context, as sightings and problems show it. */
public final class BuildFileName {
    /** That of one which no file has, because a program wrote it. */
    public static final String USUAL = "Kubefile";

    private BuildFileName() {}

    /** The file that a text was read from; or the usual name. */
    public static String of(SourceRange range) {
        return range.sourceName()
                .map(it -> String.valueOf(Path.of(it).getFileName()))
                .orElse(USUAL);
    }
}
