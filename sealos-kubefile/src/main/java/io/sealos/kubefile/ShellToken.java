package io.sealos.kubefile;

/** A word or an operator of a line of shell, as written, and where it stands. */
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

    /** Whether it is this word, without a quote in it. */
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
