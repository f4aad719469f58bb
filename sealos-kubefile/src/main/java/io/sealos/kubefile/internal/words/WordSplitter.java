package io.sealos.kubefile.internal.words;

import io.sealos.kubefile.internal.source.Whitespace;
import java.util.ArrayList;
import java.util.List;

/** Splits the arguments of ENV, LABEL and ARG into words at spaces that are not quoted. */
public final class WordSplitter {
    private final String line;
    private final char escape;
    private final List<SourceWord> words = new ArrayList<>();
    private int at;

    /** Splits a line from an index on; {@code escape} is the escape character of the Kubefile. */
    public WordSplitter(String line, int from, char escape) {
        this.line = line;
        this.at = from;
        this.escape = escape;
    }

    /** {@return the words, with their quotes and escapes} */
    public List<SourceWord> split() {
        for (at = Whitespace.skipSpace(line, at, line.length());
                at < line.length();
                at = Whitespace.skipSpace(line, at, line.length())) {
            readWord();
        }
        return words;
    }

    private void readWord() {
        int start = at;
        StringBuilder word = new StringBuilder();
        while (at < line.length() && !Whitespace.isSpace(line.charAt(at))) {
            char c = line.charAt(at);
            if (c == '\'' || c == '"') {
                readQuoted(word, c);
            } else {
                readOne(word, c == escape);
            }
        }
        if (!word.isEmpty()) {
            words.add(new SourceWord(word.toString(), start, at));
        }
    }

    private void readQuoted(StringBuilder word, char quote) {
        word.append(line.charAt(at++));
        while (at < line.length()) {
            char c = line.charAt(at);
            readOne(word, c == escape && quote != '\'');
            if (c == quote) {
                return;
            }
        }
    }

    // The character after an escape has no special meaning; an escape at the end of the line is dropped.
    private void readOne(StringBuilder word, boolean escaped) {
        if (!escaped) {
            word.append(line.charAt(at++));
        } else if (at + 1 == line.length()) {
            at++;
        } else {
            word.append(line, at, at + 2);
            at += 2;
        }
    }
}
