package io.sealos.kubefile;

/** A heredoc. It is parsed and kept, but cannot be built: buildah 1.30 does not support heredocs. Immutable. */
public final class Heredoc {
    private final String name;
    private final SourceRange body;

    Heredoc(String name, SourceRange body) {
        this.name = name;
        this.body = body;
    }

    /** {@return the word on the line that ends it} */
    public String name() {
        return name;
    }

    /** {@return the lines of the heredoc, without the one that ends it} */
    public SourceRange body() {
        return body;
    }
}
