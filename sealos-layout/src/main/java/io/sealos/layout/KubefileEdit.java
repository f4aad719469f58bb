package io.sealos.layout;

import io.sealos.kubefile.SourceRange;
import java.io.Serializable;
import java.util.Objects;

/**
 * A change of the Kubefile that fixes a finding. Immutable and thread-safe.
 *
 * @param range the range to replace
 * @param text the text to put in its place
 * @since 0.1.0
 */
public record KubefileEdit(SourceRange range, String text) implements Serializable {
    /**
     * Creates an edit.
     *
     * @param range the range to replace
     * @param text the text to put in its place
     * @throws NullPointerException if the range or the text is null
     */
    public KubefileEdit {
        Objects.requireNonNull(range, "range");
        Objects.requireNonNull(text, "text");
    }
}
