package io.sealos.images.internal.shell.command;

import io.sealos.images.internal.shell.expand.FieldBuilder;
import io.sealos.images.internal.shell.state.ExitStatus;
import io.sealos.images.internal.shell.state.ShellState;
import io.sealos.images.internal.shell.state.ShellVariable;
import io.sealos.images.internal.shell.state.Unknowns;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Interprets {@code read}, which takes a line from the input and splits it. */
final class ReadCommand {
    private final Command command;
    private final ShellState state;
    private final Unknowns unknowns;
    private final List<String> names = new ArrayList<>();
    private @Nullable String array;

    ReadCommand(Command command, ShellState state, Unknowns unknowns) {
        this.command = command;
        this.state = state;
        this.unknowns = unknowns;
    }

    ExitStatus run() {
        readNames();
        String input = state.input;
        if (input == null || Unknowns.isAll(input)) {
            names.forEach(it -> state.set(it, unknowns.mark("what read gets for " + it)));
            return ExitStatus.UNKNOWN;
        }
        int end = input.indexOf('\n');
        String line = end < 0 ? input : input.substring(0, end);
        state.input = end < 0 ? "" : input.substring(end + 1);
        assign(line);
        return Unknowns.in(input) ? ExitStatus.UNKNOWN : ExitStatus.of(end >= 0);
    }

    private void readNames() {
        List<String> words = command.arguments();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.matches("-[a-zA-Z]*a") && i + 1 < words.size()) {
                array = words.get(++i);
            } else if (word.matches("-[a-zA-Z]*[dinNptu]")) {
                i++;
            } else if (word.matches("[A-Za-z_][A-Za-z0-9_]*")) {
                names.add(word);
            }
        }
        if (names.isEmpty() && array == null) {
            names.add("REPLY");
        }
    }

    private void assign(String line) {
        if (array != null) {
            state.set(array, split(line, Integer.MAX_VALUE));
            return;
        }
        List<String> parts = split(line, names.size());
        for (int i = 0; i < names.size(); i++) {
            state.set(names.get(i), i < parts.size() ? parts.get(i) : "");
        }
    }

    /** {@return at most this number of parts, the last of which is the rest of the line} */
    private List<String> split(String line, int most) {
        ShellVariable variable = state.variables.get("IFS");
        String separators = variable == null ? FieldBuilder.BLANKS : String.join("", variable.items());
        List<String> parts = new ArrayList<>();
        int at = skipBlanks(line, 0, separators);
        while (at < line.length()) {
            int end = at;
            while (end < line.length() && separators.indexOf(line.charAt(end)) < 0) {
                end++;
            }
            if (parts.size() == most - 1) {
                parts.add(stripped(line.substring(at), separators));
                return parts;
            }
            parts.add(line.substring(at, end));
            at = skipBlanks(line, end, separators);
            boolean separator = at < line.length() && separators.indexOf(line.charAt(at)) >= 0;
            at = separator ? skipBlanks(line, at + 1, separators) : at;
        }
        return parts;
    }

    private static int skipBlanks(String line, int start, String separators) {
        int at = start;
        while (at < line.length()
                && Character.isWhitespace(line.charAt(at))
                && separators.indexOf(line.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }

    private static String stripped(String text, String separators) {
        int end = text.length();
        while (end > 0
                && Character.isWhitespace(text.charAt(end - 1))
                && separators.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return text.substring(0, end);
    }
}
