package io.sealos.images.internal.shell.command;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.sealos.images.internal.shell.state.LimitedText;
import io.sealos.images.internal.shell.state.ShellState;
import io.sealos.images.internal.shell.state.ShellVariable;
import io.sealos.images.internal.shell.state.Unknown;
import io.sealos.images.internal.shell.state.Unknowns;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Interprets commands that print their arguments, and filters. */
final class TextCommands {
    private static final Pattern VARIABLE = Pattern.compile("\\$(?:([A-Za-z_]\\w*)|\\{([A-Za-z_]\\w*)\\})");

    private static final Pattern CUT = Pattern.compile("-d ?(\\S) -f ?([0-9]{1,3})(-?)");
    private static final Pattern CUT_FIELD_FIRST = Pattern.compile("-f ?([0-9]{1,3})(-?) -d ?(\\S)");
    private static final Pattern COUNT = Pattern.compile("-n?([0-9]{1,6})");

    private static final Set<String> UPPER = Set.of("A-Z", "[A-Z]", "[:upper:]");
    private static final Set<String> LOWER = Set.of("a-z", "[a-z]", "[:lower:]");

    private final Unknowns unknowns;

    TextCommands(Unknowns unknowns) {
        this.unknowns = unknowns;
    }

    String echo(List<String> arguments) {
        boolean newline = true;
        boolean escapes = false;
        int at = 0;
        while (at < arguments.size() && arguments.get(at).matches("-[neE]+")) {
            newline &= arguments.get(at).indexOf('n') < 0;
            escapes |= arguments.get(at).indexOf('e') >= 0;
            at++;
        }
        String text = String.join(" ", arguments.subList(at, arguments.size()));
        return (escapes ? unescaped(text) : text) + (newline ? "\n" : "");
    }

    private static String unescaped(String text) {
        StringBuilder unescaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char next = i + 1 < text.length() ? text.charAt(i + 1) : ' ';
            if (text.charAt(i) == '\\' && "nrt\\\"".indexOf(next) >= 0) {
                unescaped.append(next == 'n' ? '\n' : next == 't' ? '\t' : next == 'r' ? '\r' : next);
                i++;
            } else {
                unescaped.append(text.charAt(i));
            }
        }
        return unescaped.toString();
    }

    /** {@return the output of {@code printf}, which reuses the format until no argument is left} */
    String printf(List<String> arguments) {
        if (arguments.isEmpty()) {
            return "";
        }
        String format = unescaped(arguments.get(0));
        List<String> rest = new ArrayList<>(arguments.subList(1, arguments.size()));
        LimitedText text = new LimitedText();
        int before;
        do {
            before = rest.size();
            formatted(format, rest, text);
        } while (!rest.isEmpty() && rest.size() < before && !text.overflow());
        return text.whole().orElseGet(() -> unknowns.mark("the output of printf"));
    }

    private void formatted(String format, List<String> arguments, LimitedText text) {
        for (int i = 0; i < format.length(); i++) {
            boolean place = format.charAt(i) == '%' && i + 1 < format.length();
            if (!place) {
                text.append(format.substring(i, i + 1));
            } else if ("sdib".indexOf(format.charAt(++i)) >= 0) {
                String argument = arguments.isEmpty() ? "" : arguments.remove(0);
                text.append(format.charAt(i) == 'b' ? unescaped(argument) : argument);
            } else {
                text.append(format.charAt(i) == '%' ? "%" : unknowns.mark("the output of printf"));
            }
        }
    }

    /** {@return the text with the exported variables replaced; only those that the arguments name, if there are any} */
    String substituted(String text, List<String> arguments, ShellState state) {
        Set<String> chosen = new HashSet<>();
        Matcher named = VARIABLE.matcher(String.join(" ", arguments));
        while (named.find()) {
            chosen.add(name(named));
        }
        LimitedText substituted = new LimitedText();
        Matcher variables = VARIABLE.matcher(text);
        int at = 0;
        while (variables.find() && !substituted.overflow()) {
            String name = name(variables);
            boolean left = !chosen.isEmpty() && !chosen.contains(name);
            substituted
                    .append(text.substring(at, variables.start()))
                    .append(left ? variables.group() : exported(name, state));
            at = variables.end();
        }
        return substituted.append(text.substring(at)).whole().orElseGet(() -> unknowns.mark("the output of envsubst"));
    }

    private static String name(Matcher variable) {
        return variable.group(1) == null ? variable.group(2) : variable.group(1);
    }

    private String exported(String name, ShellState state) {
        ShellVariable variable = state.variables.get(name);
        return variable != null && variable.exported() && !variable.items().isEmpty()
                ? variable.items().get(0)
                : unknowns.mark(Unknown.variable(name));
    }

    /** {@return the output of a filter; empty if the filter is not supported} */
    Optional<String> filtered(Command command, ShellState state) {
        String input = state.input;
        List<String> options = command.arguments();
        if (input == null || Unknowns.in(input)) {
            return Optional.empty();
        }
        return switch (command.name() + " " + String.join(" ", options)) {
            case "sort " -> lines(input.lines().sorted().toList());
            case "sort -u" -> lines(input.lines().sorted().distinct().toList());
            case "uniq " -> lines(withoutRepeated(input.lines().toList()));
            case "wc -l" -> Optional.of(input.chars().filter(c -> c == '\n').count() + "\n");
            case "base64 -d", "base64 --decode", "base64 -D" -> decoded(input);
            case "xargs " -> Optional.of(String.join(" ", input.strip().split("\\s+")) + "\n");
            default -> withArguments(command.name(), options, input);
        };
    }

    private static Optional<String> decoded(String input) {
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(input.strip());
            return Optional.of(Unknowns.without(new String(bytes, StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException e) {
            // The program rejects text that is not Base64 as well.
            return Optional.empty();
        }
    }

    private static List<String> withoutRepeated(List<String> lines) {
        List<String> kept = new ArrayList<>();
        for (String line : lines) {
            if (kept.isEmpty() || !kept.get(kept.size() - 1).equals(line)) {
                kept.add(line);
            }
        }
        return kept;
    }

    private static Optional<String> withArguments(String name, List<String> options, String input) {
        return switch (name) {
            case "tr" -> translated(options, input);
            case "cut" -> cut(String.join(" ", options), input);
            case "head", "tail" -> ends(name, String.join("", options), input);
            default -> Optional.empty();
        };
    }

    private static Optional<String> lines(List<String> lines) {
        return Optional.of(lines.stream().map(it -> it + "\n").collect(Collectors.joining()));
    }

    private static Optional<String> translated(List<String> options, String input) {
        boolean delete = options.size() == 2 && options.get(0).equals("-d");
        String from = options.size() == 2 ? unescaped(options.get(delete ? 1 : 0)) : "";
        String to = options.size() == 2 && !delete ? unescaped(options.get(1)) : "";
        if (UPPER.contains(from) && LOWER.contains(to)) {
            return Optional.of(input.toLowerCase(Locale.ROOT));
        }
        if (LOWER.contains(from) && UPPER.contains(to)) {
            return Optional.of(input.toUpperCase(Locale.ROOT));
        }
        boolean plain = from.matches("[^-\\[\\]]+|-") && (delete || to.matches("(?s)[^-\\[\\]]+|-"));
        if (!plain) {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < input.length(); i++) {
            char c = input.charAt(i);
            int at = from.indexOf(c);
            if (at < 0) {
                text.append(c);
            } else if (!delete) {
                text.append(to.charAt(Math.min(at, to.length() - 1)));
            }
        }
        return Optional.of(text.toString());
    }

    private static Optional<String> cut(String options, String input) {
        Optional<Matcher> both = match(CUT, options).or(() -> match(CUT_FIELD_FIRST, options));
        return both.map(found -> {
            boolean fieldFirst = options.startsWith("-f");
            String by = found.group(fieldFirst ? 3 : 1);
            int field = Integer.parseInt(found.group(fieldFirst ? 1 : 2));
            boolean rest = !found.group(fieldFirst ? 2 : 3).isEmpty();
            return input.lines().map(it -> field(it, by, field, rest) + "\n").collect(Collectors.joining());
        });
    }

    private static Optional<Matcher> match(Pattern pattern, String text) {
        return Optional.of(pattern.matcher(text)).filter(Matcher::matches);
    }

    private static String field(String line, String by, int number, boolean rest) {
        if (!line.contains(by)) {
            return line;
        }
        int start = 0;
        for (int field = 1; field < number && start >= 0; field++) {
            int end = line.indexOf(by, start);
            start = end < 0 ? -1 : end + by.length();
        }
        int end = start < 0 || rest ? -1 : line.indexOf(by, start);
        return start < 0 ? "" : line.substring(start, end < 0 ? line.length() : end);
    }

    private static Optional<String> ends(String name, String options, String input) {
        Optional<Matcher> count = match(COUNT, options);
        List<String> all = input.lines().toList();
        return count.map(it -> Math.min(all.size(), Integer.parseInt(it.group(1))))
                .flatMap(it ->
                        lines(name.equals("head") ? all.subList(0, it) : all.subList(all.size() - it, all.size())));
    }
}
