package io.sealos.images.internal.yaml;

/** Reads quoted scalars of {@link CommonYaml} that span several lines, such as descriptions. */
final class QuotedLines {
    private final String text;
    private final YamlLines lines;
    private final CommonScalars scalars;

    QuotedLines(String text, YamlLines lines, CommonScalars scalars) {
        this.text = text;
        this.lines = lines;
        this.scalars = scalars;
    }

    /** {@return the text of the scalar that starts here; the position is then after it} */
    String read(int parentIndent) throws UnusualYamlException {
        char quote = lines.peek();
        StringBuilder value = new StringBuilder();
        int from = lines.at() + 1;
        int close = scalars.quoteEnd(quote, from);
        while (close < 0) {
            // An escaped line break joins two lines without a space, and keeps the blanks before it.
            boolean escaped = quote == '"' && isEscaped(from);
            int to = escaped ? lines.end() - 1 : trimmedEnd(from);
            value.append(scalars.unquoted(quote, from, to));
            int blankLines = nextLine(parentIndent);
            value.append(blankLines == 0 && !escaped ? " " : "\n".repeat(blankLines));
            from = lines.at();
            close = scalars.quoteEnd(quote, from);
        }
        value.append(scalars.unquoted(quote, from, close));
        lines.moveTo(close + 1);
        return value.toString();
    }

    /** {@return whether the end of this line is escaped} */
    private boolean isEscaped(int from) {
        int i = lines.end();
        while (i > from && text.charAt(i - 1) == '\\') {
            i--;
        }
        return (lines.end() - i) % 2 == 1;
    }

    private int trimmedEnd(int from) throws UnusualYamlException {
        int end = lines.end();
        while (end > from && text.charAt(end - 1) == ' ') {
            end--;
        }
        if (end > from && text.charAt(end - 1) == '\t') {
            throw new UnusualYamlException();
        }
        return end;
    }

    /**
     * Moves to the next line that is not blank.
     *
     * @return the number of blank lines that were skipped
     */
    private int nextLine(int parentIndent) throws UnusualYamlException {
        int blankLines = -1;
        do {
            if (lines.end() + 1 >= text.length()) {
                throw new UnusualYamlException();
            }
            lines.startLine(lines.end() + 1);
            blankLines++;
        } while (lines.at() == lines.end());
        if (lines.column() <= parentIndent || lines.peek() == '\t') {
            throw new UnusualYamlException();
        }
        return blankLines;
    }
}
