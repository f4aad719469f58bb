package io.sealos.kubefile.internal.shell;

/** A word or operator of a shell command line as written, with its position. */
record ShellToken(Kind kind, String text, int start, int end) {
    enum Kind {
        WORD,
        OPERATOR,
        NEWLINE,
        END
    }

    boolean isWord() {
        return kind == Kind.WORD;
    }

    /** {@return whether the token is this word, unquoted} */
    boolean isWord(String word) {
        return isWord() && text.equals(word);
    }

    boolean isOperator(String operator) {
        return kind == Kind.OPERATOR && text.equals(operator);
    }

    boolean isNewline() {
        return kind == Kind.NEWLINE;
    }

    boolean isEnd() {
        return kind == Kind.END;
    }
}
