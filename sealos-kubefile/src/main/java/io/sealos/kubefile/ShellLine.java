package io.sealos.kubefile;

import io.sealos.kubefile.internal.shell.ShellSyntax;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The line of shell code that sealos passes to bash: {@code export NAME="VALUE" …; cd DIRECTORY && COMMAND; cd
 * DIRECTORY && COMMAND}. Sealos neither quotes nor escapes, so a value or a command can break those that follow it.
 * Immutable and thread-safe.
 *
 * <p>Sealos exports the variables in random order; here they are sorted by name.
 *
 * @since 0.1.0
 */
public final class ShellLine {
    static final ShellLine EMPTY = new ShellLine("", List.of(), List.of());

    private final String text;
    private final List<Integer> separators;
    private final List<Integer> starts;
    private final ShellSyntax syntax;

    private ShellLine(String text, List<Integer> separators, List<Integer> starts) {
        this.text = text;
        this.separators = List.copyOf(separators);
        this.starts = List.copyOf(starts);
        this.syntax = ShellSyntax.of(text);
    }

    static ShellLine of(Map<String, String> environment, String workDirectory, List<String> commands) {
        StringBuilder line = new StringBuilder();
        new TreeMap<>(environment)
                .forEach((name, value) ->
                        line.append(name).append("=\"").append(value).append("\" "));
        List<Integer> separators = new ArrayList<>();
        List<Integer> starts = new ArrayList<>();
        if (line.length() > 0) {
            line.insert(0, "export ");
            separators.add(line.length());
            line.append("; ");
        }
        for (int i = 0; i < commands.size(); i++) {
            if (i > 0) {
                separators.add(line.length());
                line.append("; ");
            }
            starts.add(line.length());
            line.append(commands.get(i).isEmpty() ? "" : "cd " + workDirectory + " && " + commands.get(i));
        }
        return new ShellLine(line.toString(), separators, starts);
    }

    /**
     * {@return the line that bash receives if the user is not root and runs commands through sudo} Sealos puts the line
     * between single quotes, and replaces each single quote in it with a double quote.
     */
    public ShellLine throughSudo() {
        return new ShellLine(text.replace('\'', '"'), separators, starts);
    }

    /** {@return the line} */
    public String text() {
        return text;
    }

    /** {@return the reason why bash refuses the line and runs no part of it; empty if bash accepts the line} */
    public Optional<String> refusal() {
        return syntax.refusal();
    }

    /**
     * {@return the index in {@link SealosRuntime#expandedCommands()} of the command at which bash refuses the line;
     * empty if bash accepts the line, or if the value of a variable is the reason}
     */
    public OptionalInt refusedCommand() {
        return refusal().isEmpty()
                ? OptionalInt.empty()
                : IntStream.range(0, starts.size())
                        .filter(i -> starts.get(i) <= syntax.refusedAt())
                        .max();
    }

    /**
     * {@return the indexes in {@link SealosRuntime#expandedCommands()} of the commands that bash does not run, because
     * the text before them makes them part of a comment, a quoted text or a here-document; empty if bash refuses the
     * line}
     */
    public List<Integer> lostCommands() {
        int exported = separators.size() - Math.max(0, starts.size() - 1);
        return refusal().isPresent()
                ? List.of()
                : IntStream.range(0, separators.size())
                        .filter(i -> !syntax.separatesAt(separators.get(i)))
                        .map(i -> i + 1 - exported)
                        .filter(command -> command < starts.size())
                        .boxed()
                        .toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ShellLine line && text.equals(line.text) && starts.equals(line.starts);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
