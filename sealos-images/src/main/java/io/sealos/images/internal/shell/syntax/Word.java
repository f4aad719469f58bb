package io.sealos.images.internal.shell.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A word before it is expanded. */
public record Word(List<Part> parts) {
    public static final Word EMPTY = new Word(List.of());

    /** A piece of a word; a quoted one is neither split nor a pattern. */
    public sealed interface Part {
        boolean quoted();
    }

    /** Text as it stands. */
    public record Literal(String text, boolean quoted) implements Part {}

    /** {@code $X} and <code>${X…}</code>. */
    public record Parameter(
            String name, Word index, Prefix prefix, String operator, Word operand, Word operand2, boolean quoted)
            implements Part {}

    /** The sign before the name of a parameter. */
    public enum Prefix {
        NONE,
        LENGTH,
        INDIRECT
    }

    /** The output of commands. */
    public record Substitution(List<ShellNode> commands, String source, boolean quoted) implements Part {}

    /** {@code $((…))}. */
    public record Arithmetic(Word expression, String source, boolean quoted) implements Part {}

    /** {@code <(…)}: the name of a file with the output of commands. */
    public record ProcessFile(List<ShellNode> commands, String source) implements Part {
        @Override
        public boolean quoted() {
            return true;
        }
    }

    static Word of(String text) {
        return new Word(List.of(new Literal(text, false)));
    }

    /** The text if nothing in it is to be expanded. */
    @Nullable
    public String literal() {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            if (!(part instanceof Literal literal)) {
                return null;
            }
            text.append(literal.text());
        }
        return text.toString();
    }
}
