package io.sealos.layout;

import io.sealos.kubefile.SourceRange;
import java.io.Serializable;
import java.util.Objects;

/**
 * A change of the Kubefile that mends a finding: a text in the place of a range. Immutable.
 *
 * @param range what is replaced
 * @param text what takes its place
 */
public record KubefileEdit(SourceRange range, String text) implements Serializable {
    /** Wants both parts. */
    public KubefileEdit {
        Objects.requireNonNull(range, "range");
        Objects.requireNonNull(text, "text");
    }
}
