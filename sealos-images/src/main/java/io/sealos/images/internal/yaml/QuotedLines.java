package io.sealos.images.internal.yaml;

/** The scalars in quotes of {@link CommonYaml} that go on in further lines, as descriptions do. */
final class QuotedLines {
    private final String text;
    private final YamlLines lines;
    private final CommonScalars scalars;

    QuotedLines(String text, YamlLines lines, CommonScalars scalars) {
        this.text = text;
        this.lines = lines;
        this.scalars = scalars;
    }

    /** The whole text of one whose quote is here; the place is then behind it. */
    String read(int parentIndent) throws UnusualYamlException {
        char quote = lines.peek();
        StringBuilder value = new StringBuilder();
        int from = lines.at() + 1;
        int close = scalars.quoteEnd(quote, from);
        while (close < 0) {
            // An escaped break joins two lines without a space, and keeps what stands before it.
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

    /** Whether the end of this line is. */
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

    /** Goes to the next line that is not blank; how many blank ones were between. */
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
