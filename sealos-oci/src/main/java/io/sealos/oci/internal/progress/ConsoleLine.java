package io.sealos.oci.internal.progress;

import java.io.PrintStream;

/** The last line of a terminal, which is drawn again in place, below lines that stay. Not thread-safe. */
public final class ConsoleLine {
    private final PrintStream out;
    private final int width;
    private String drawn = "";

    /**
     * Creates an empty line.
     *
     * @param width the largest number of characters in the line that is drawn, which leaves a column for the cursor
     */
    public ConsoleLine(PrintStream out, int width) {
        this.out = out;
        this.width = width;
    }

    public int width() {
        return width;
    }

    /** Draws the line, in place of what was drawn before. */
    public void draw(String text) {
        if (!text.equals(drawn)) {
            out.print("\r" + text + " ".repeat(Math.max(0, drawn.length() - text.length())));
            out.flush();
            drawn = text;
        }
    }

    /** Removes what was drawn. */
    public void erase() {
        if (!drawn.isEmpty()) {
            out.print("\r" + " ".repeat(drawn.length()) + "\r");
            out.flush();
            drawn = "";
        }
    }

    /** Prints text that stays, above what was drawn. */
    public void print(String text) {
        String below = drawn;
        erase();
        out.println(text);
        draw(below);
        out.flush();
    }
}
