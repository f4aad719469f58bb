package io.sealos.kubefile;

import java.util.ArrayList;
import java.util.List;

/** Takes the flags off the front of the arguments. */
final class FlagReader {
    private final LogicalLine line;
    private final String text;
    private final List<Flag> flags = new ArrayList<>();
    private int at;

    FlagReader(LogicalLine line, String text, int from) {
        this.line = line;
        this.text = text;
        this.at = from;
    }

    /** Where the arguments begin. */
    int read() {
        while (true) {
            at = Whitespace.skipSpace(text, at, text.length());
            if (!text.startsWith("--", at)) {
                return at;
            }
            int start = at;
            String flag = readFlag();
            if (flag.equals("--")) {
                return at;
            }
            flags.add(new Flag(flag, line.range(start, at)));
        }
    }

    List<Flag> flags() {
        return List.copyOf(flags);
    }

    private String readFlag() {
        StringBuilder flag = new StringBuilder();
        char quote = 0;
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            if (quote == 0 && Whitespace.isSpace(c)) {
                break;
            } else if (c == quote) {
                quote = 0;
            } else if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
            } else if (c != '\\') {
                flag.append(c);
            } else if (at + 1 < text.length()) {
                flag.append(text.charAt(++at));
            }
        }
        return flag.toString();
    }
}
