package io.sealos.kubefile.internal.words;

import io.sealos.kubefile.internal.source.Whitespace;
import java.util.ArrayList;
import java.util.List;

/** Reads the flags before the arguments of an instruction. */
public final class FlagReader {
    private final String text;
    private final List<SourceWord> flags = new ArrayList<>();
    private int at;

    /** Creates a reader that starts at an index of the text. */
    public FlagReader(String text, int from) {
        this.text = text;
        this.at = from;
    }

    /** {@return the index at which the arguments begin, after reading the flags} */
    public int read() {
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
            flags.add(new SourceWord(flag, start, at));
        }
    }

    /** {@return the flags that were read, without quotes and escapes} */
    public List<SourceWord> flags() {
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
