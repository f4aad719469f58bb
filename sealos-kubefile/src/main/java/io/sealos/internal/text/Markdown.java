package io.sealos.internal.text;

/** Texts in Markdown. */
public final class Markdown {
    private Markdown() {}

    /** {@return a text as a code span, in which nothing of it is markup; it can be in a cell of a table} */
    public static String code(String text) {
        return "`" + Printable.message(text).replace('`', '\'').replace("|", "\\|") + "`";
    }
}
