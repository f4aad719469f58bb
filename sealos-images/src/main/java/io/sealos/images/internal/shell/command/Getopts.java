package io.sealos.images.internal.shell.command;

import io.sealos.images.internal.shell.state.ExitStatus;
import io.sealos.images.internal.shell.state.ShellState;
import java.util.List;

/** Interprets {@code getopts}, which takes the next option from the arguments. */
final class Getopts {
    private static final String INDEX = "OPTIND";
    /** The variable with the number of letters of the word that have been read. */
    private static final String LETTERS = "OPTIND letters";

    private final Command command;
    private final ShellState state;

    Getopts(Command command, ShellState state) {
        this.command = command;
        this.state = state;
    }

    ExitStatus run() {
        List<String> arguments = command.words().size() > 3
                ? command.words().subList(3, command.words().size())
                : state.arguments;
        int index = number(INDEX, 1);
        int letter = number(LETTERS, 1);
        String word = index <= arguments.size() ? arguments.get(index - 1) : "";
        if (!word.startsWith("-") || word.equals("-") || word.equals("--") || letter >= word.length()) {
            state.set(INDEX, Integer.toString(word.equals("--") ? index + 1 : index));
            state.set(command.argument(2), "?");
            return ExitStatus.FAILURE;
        }
        option(word, letter, index, index < arguments.size() ? arguments.get(index) : "");
        return ExitStatus.SUCCESS;
    }

    private int number(String name, int otherwise) {
        String text = String.join("", state.items(name));
        return text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : otherwise;
    }

    private void option(String word, int letter, int index, String next) {
        String name = word.substring(letter, letter + 1);
        int known = name.equals(":") ? -1 : command.argument(1).indexOf(name);
        boolean argument = known >= 0 && command.argument(1).startsWith(":", known + 1);
        boolean ends = argument || letter + 1 == word.length();
        state.set(command.argument(2), known < 0 ? "?" : name);
        if (argument) {
            String rest = word.substring(letter + 1);
            state.set("OPTARG", rest.isEmpty() ? next : rest);
            state.set(INDEX, Integer.toString(index + (rest.isEmpty() ? 2 : 1)));
        } else {
            state.set(INDEX, Integer.toString(ends ? index + 1 : index));
        }
        state.set(LETTERS, Integer.toString(ends ? 1 : letter + 1));
    }
}
