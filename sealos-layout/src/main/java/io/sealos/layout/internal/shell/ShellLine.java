package io.sealos.layout.internal.shell;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a line of shell into its commands, and these into words, as far as that can be told without running it. What
 * the shell would expand makes a word one that nobody knows.
 */
final class ShellLine {
    /** A word without its quotes; known if the shell takes it as it stands, a redirect if it names an output. */
    record Word(String text, boolean known, boolean output) {}

    private static final String OPERATORS = ";&|()";
    private static final String EXPANDED = "$`*?[{~";

    private final String line;
    private final List<List<Word>> commands = new ArrayList<>();
    private List<Word> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private boolean known = true;
    private boolean output;

    private ShellLine(String line) {
        this.line = line;
    }

    static List<List<Word>> split(String line) {
        return new ShellLine(line).split();
    }

    private List<List<Word>> split() {
        for (int at = 0; at < line.length(); at++) {
            char c = line.charAt(at);
            if (c == '\'' || c == '"') {
                at = quoted(at, c);
            } else if (c == '\\' && at + 1 < line.length()) {
                take(line.charAt(++at));
            } else if (Character.isWhitespace(c)) {
                endWord();
            } else if (c == '#' && !inWord) {
                break;
            } else {
                plain(c);
            }
        }
        endCommand();
        return commands;
    }

    private void plain(char c) {
        if (c == '>') {
            word.setLength(0);
            inWord = false;
            output = true;
        } else if (c == '<') {
            endWord();
        } else if (OPERATORS.indexOf(c) >= 0 && !(c == '(' && inWord) && !(c == '&' && output && !inWord)) {
            endCommand();
        } else {
            known &= EXPANDED.indexOf(c) < 0;
            take(c);
        }
    }

    private int quoted(int start, char quote) {
        inWord = true;
        int at = start + 1;
        while (at < line.length() && line.charAt(at) != quote) {
            char c = line.charAt(at);
            if (quote == '"' && c == '\\' && at + 1 < line.length()) {
                at++;
            } else if (quote == '"' && (c == '$' || c == '`')) {
                known = false;
            }
            word.append(line.charAt(at));
            at++;
        }
        known &= at < line.length();
        return at;
    }

    private void take(char c) {
        inWord = true;
        word.append(c);
    }

    private void endWord() {
        if (inWord) {
            words.add(new Word(word.toString(), known, output));
            output = false;
        }
        word.setLength(0);
        inWord = false;
        known = true;
    }

    private void endCommand() {
        endWord();
        output = false;
        if (!words.isEmpty()) {
            commands.add(words);
            words = new ArrayList<>();
        }
    }
}
