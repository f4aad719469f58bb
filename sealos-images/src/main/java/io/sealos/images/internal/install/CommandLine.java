package io.sealos.images.internal.install;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A command line, parsed as by programs written in Go. */
final class CommandLine {
    /** An option with its argument, which is empty if it takes none. */
    record Option(String name, String argument) {}

    /**
     * The options of a program.
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

    /** {@return a command line with options anywhere} */
    static CommandLine parse(Grammar grammar, List<String> words) {
        return parse(grammar, words, Integer.MAX_VALUE);
    }

    /** {@return a command line with options before the first operand only} */
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

    /**
     * Parses a word.
     *
     * @return whether the next word was consumed as well
     */
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

    /** Parses short options, which may be combined and immediately followed by an argument. */
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

    /** {@return the arguments that are not options, beginning with the subcommand} */
    List<String> operands() {
        return operands;
    }

    List<Option> options() {
        return options;
    }

    /** {@return all arguments of an option, in their order} */
    List<String> all(String name) {
        return options.stream()
                .filter(it -> it.name().equals(name))
                .map(Option::argument)
                .toList();
    }

    /** {@return the last argument of an option, or the default} */
    String last(String name, String otherwise) {
        String last = otherwise;
        for (Option option : options) {
            last = option.name().equals(name) ? option.argument() : last;
        }
        return last;
    }

    /** {@return whether the last occurrence of a boolean option has no argument, or one that Go parses as true} */
    boolean isOn(String name) {
        return has(name) && Set.of("", "1", "t", "T", "true", "TRUE", "True").contains(last(name, ""));
    }

    boolean has(String name) {
        return options.stream().anyMatch(it -> it.name().equals(name));
    }
}
