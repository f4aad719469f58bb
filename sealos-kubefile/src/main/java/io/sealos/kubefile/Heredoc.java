package io.sealos.kubefile;

/**
 * A heredoc of an instruction. It is parsed and kept, but cannot be built: buildah 1.30 does not support heredocs.
 * Immutable and thread-safe.
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
}
