package io.sealos.kubefile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * One line of shell, as sealos gives it to bash: {@code export NAME="VALUE" …; cd DIRECTORY && COMMAND; cd DIRECTORY &&
 * COMMAND}. Nothing in it is quoted or escaped, so that a value or a command can break what stands behind it.
 * Immutable.
 *
 * <p>sealos exports the variables in an order of chance; here they are sorted by name.
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
     * {@return the line as it comes to bash for a user who is not root and runs commands through sudo: sealos puts it
     * between single quotes, and makes each single quote in it a double one}
     */
    public ShellLine throughSudo() {
        return new ShellLine(text.replace('\'', '"'), separators, starts);
    }

    /** {@return the line} */
    public String text() {
        return text;
    }

    /** {@return why bash refuses the line, of which nothing runs then; empty where it takes it} */
    public Optional<String> refusal() {
        return syntax.refusal();
    }

    /**
     * {@return the command at which bash refuses the line, as its index in {@link SealosRuntime#expandedCommands()};
     * empty where it takes the line, or where the value of a variable is at fault}
     */
    public Optional<Integer> refusedCommand() {
        return refusal()
                .flatMap(it -> IntStream.range(0, starts.size())
                        .filter(i -> starts.get(i) <= syntax.refusedAt())
                        .boxed()
                        .reduce((earlier, later) -> later));
    }

    /**
     * {@return the commands that bash does not take for commands, each as its index in
     * {@link SealosRuntime#expandedCommands()}, because what stands before them makes them part of a comment, of a
     * quoted text or of a here-document} Empty where bash refuses the line.
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
