package io.sealos.oci;

import io.sealos.SealosException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Thrown when images cannot be merged, because a tag in their {@code registry/} points to several digests, and the
 * caller has not decided which one is used. The exception lists all such tags. Nothing is written.
 *
 * @since 0.1.0
 */
public final class MergeConflictException extends SealosException {
    private static final long serialVersionUID = 1L;
    private static final String FIX =
            "choose one of them (ImageMerge.prefer), or build the images with the same version";

    @SuppressWarnings("serial") // always one of Stream.toList, which can be serialized
    private final List<Part> parts;

    /**
     * Creates an exception whose message lists all conflicts.
     *
     * @param conflicts the conflicts
     */
    public MergeConflictException(List<MergeConflict> conflicts) {
        super(conflicts.stream()
                .map(conflict -> conflict.name() + " " + problem(conflict))
                .collect(Collectors.joining("; ", "", "; " + FIX)));
        this.parts = conflicts.stream()
                .map(conflict -> new Part(conflict.name(), problem(conflict), FIX))
                .toList();
    }

    private static String problem(MergeConflict conflict) {
        return conflict.versions().stream()
                .map(version -> version.value() + " in " + version.image())
                .collect(Collectors.joining(" and ", "is ", ""));
    }

    /** {@return the place, problem and fix of each conflict} */
    @Override
    public List<Part> parts() {
        return parts;
    }
}
