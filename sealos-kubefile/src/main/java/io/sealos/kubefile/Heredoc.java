package io.sealos.kubefile;

import java.util.Objects;

/**
 * A heredoc of an instruction. It is parsed and kept, but cannot be built: buildah 1.30 does not support heredocs.
 * Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class Heredoc {
    private final String name;
    private final SourceRange body;

    Heredoc(String name, SourceRange body) {
        this.name = name;
        this.body = body;
    }

    /** {@return the delimiter, which is the word on the line that ends the heredoc} */
    public String name() {
        return name;
    }

    /** {@return the range of the lines of the heredoc, without the line that ends it} */
    public SourceRange body() {
        return body;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Heredoc that && name.equals(that.name) && body.equals(that.body);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, body);
    }

    /** {@return the name of the delimiter} */
    @Override
    public String toString() {
        return name;
    }
}
