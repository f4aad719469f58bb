package io.sealos.kubefile;

/** A heredoc, as newer builders know it: buildah 1.30 does not, so it is kept but cannot be built. Immutable. */
public final class Heredoc {
    private final String name;
    private final SourceRange body;

    Heredoc(String name, SourceRange body) {
        this.name = name;
        this.body = body;
    }

    /** {@return the word that ends it} */
    public String name() {
        return name;
    }

    /** {@return its lines, without the one that ends it} */
    public SourceRange body() {
        return body;
    }
}
