package io.sealos.images.internal.shell.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A word before it is expanded. */
public record Word(List<Part> parts) {
    public static final Word EMPTY = new Word(List.of());

    /** A part of a word. A quoted part is neither split nor a pattern. */
    public sealed interface Part {
        boolean quoted();
    }

    /** Literal text. */
    public record Literal(String text, boolean quoted) implements Part {}

    /** A parameter, {@code $X} or <code>${X…}</code>. */
    public record Parameter(
            String name, Word index, Prefix prefix, String operator, Word operand, Word operand2, boolean quoted)
            implements Part {}

    /** The character before the name of a parameter. */
    public enum Prefix {
        NONE,
        LENGTH,
        INDIRECT
    }

    /** A command substitution. */
    public record Substitution(List<ShellNode> commands, String source, boolean quoted) implements Part {}

    /** An arithmetic expansion, {@code $((…))}. */
    public record Arithmetic(Word expression, String source, boolean quoted) implements Part {}

    /** A process substitution, {@code <(…)}, which is the name of a file with the output of commands. */
    public record ProcessFile(List<ShellNode> commands, String source) implements Part {
        @Override
        public boolean quoted() {
            return true;
        }
    }

    static Word of(String text) {
        return new Word(List.of(new Literal(text, false)));
    }

    /** {@return the text if nothing in the word is to be expanded; else null} */
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
