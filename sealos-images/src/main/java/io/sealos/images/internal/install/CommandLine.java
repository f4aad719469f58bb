package io.sealos.images.internal.install;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A command line, taken apart as programs written in Go do. */
final class CommandLine {
    /** An option with its argument, which is empty where it takes none. */
    record Option(String name, String argument) {}

    /**
     * The options that a program knows.
     *
     * @param shorts the long names of short options
     * @param withArgument the long names of options that take an argument
     */
    record Grammar(Map<String, String> shorts, Set<String> withArgument) {}

    private final Grammar grammar;
    private final List<String> operands = new ArrayList<>();
    private final List<Option> options = new ArrayList<>();

    private CommandLine(Grammar grammar) {
        this.grammar = grammar;
    }

    /** A line whose options may stand anywhere. */
    static CommandLine parse(Grammar grammar, List<String> words) {
        return parse(grammar, words, Integer.MAX_VALUE);
    }

    /** A line whose options stand before the first operand; what follows belongs to that. */
    static CommandLine leading(Grammar grammar, List<String> words) {
        return parse(grammar, words, 1);
    }

    private static CommandLine parse(Grammar grammar, List<String> words, int most) {
        CommandLine line = new CommandLine(grammar);
        int at = 0;
        while (at < words.size()) {
            String word = words.get(at);
            String next = at + 1 < words.size() ? words.get(at + 1) : "";
            if (word.equals("--") || line.operands.size() >= most) {
                line.operands.addAll(words.subList(word.equals("--") ? at + 1 : at, words.size()));
                break;
            }
            at += line.read(word, next) ? 2 : 1;
        }
        return line;
    }

    /** Whether the next word was used up, too. */
    private boolean read(String word, String next) {
        if (word.startsWith("--")) {
            return readLong(word.substring(2), next);
        }
        if (word.startsWith("-") && word.length() > 1) {
            return readShort(word.substring(1), next);
        }
        operands.add(word);
        return false;
    }

    private boolean readLong(String option, String next) {
        int equals = option.indexOf('=');
        if (equals >= 0) {
            options.add(new Option(option.substring(0, equals), option.substring(equals + 1)));
            return false;
        }
        boolean argument = grammar.withArgument().contains(option);
        options.add(new Option(option, argument ? next : ""));
        return argument;
    }

    /** Short options may stand together, and their argument right behind them. */
    private boolean readShort(String letters, String next) {
        for (int i = 0; i < letters.length(); i++) {
            String name = grammar.shorts().getOrDefault(letters.substring(i, i + 1), letters.substring(i, i + 1));
            if (grammar.withArgument().contains(name)) {
                String rest = letters.substring(i + 1);
                options.add(new Option(name, rest.isEmpty() ? next : rest.startsWith("=") ? rest.substring(1) : rest));
                return rest.isEmpty();
            }
            options.add(new Option(name, ""));
        }
        return false;
    }

    /** The arguments that are no options, the subcommand first. */
    List<String> operands() {
        return operands;
    }

    List<Option> options() {
        return options;
    }

    /** All arguments of an option, in their order. */
    List<String> all(String name) {
        return options.stream()
                .filter(it -> it.name().equals(name))
                .map(Option::argument)
                .toList();
    }

    /** The last argument of an option, or the other text. */
    String last(String name, String otherwise) {
        String last = otherwise;
        for (Option option : options) {
            last = option.name().equals(name) ? option.argument() : last;
        }
        return last;
    }

    /** Whether an option that takes no argument was given last without one, or as true in a way that Go reads. */
    boolean isOn(String name) {
        return has(name) && Set.of("", "1", "t", "T", "true", "TRUE", "True").contains(last(name, ""));
    }

    boolean has(String name) {
        return options.stream().anyMatch(it -> it.name().equals(name));
    }
}
