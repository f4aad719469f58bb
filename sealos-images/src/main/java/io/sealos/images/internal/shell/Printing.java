package io.sealos.images.internal.shell;

import io.sealos.images.internal.shell.SimpleCommands.Command;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Commands that only print or move files about, as far as that can be told without running them. */
final class Printing {
    private static final int LONGEST = 1 << 20;

    private final Unknowns unknowns;

    Printing(Unknowns unknowns) {
        this.unknowns = unknowns;
    }

    void run(Command command, ShellState state) {
        String printed = printed(command, state);
        if (printed.length() + state.output.length() <= LONGEST) {
            state.output += printed;
        }
    }

    private String printed(Command command, ShellState state) {
        List<String> operands =
                command.arguments().stream().filter(it -> !it.startsWith("-")).toList();
        String first = operands.isEmpty() ? "" : operands.get(0);
        return switch (command.name()) {
            case "echo" -> echo(command.arguments());
            case "printf" -> printf(command.arguments());
            case "pwd" -> state.folder + "\n";
            case "basename" -> basename(operands) + "\n";
            case "dirname" -> ImagePath.parent(first) + "\n";
            case "realpath", "readlink" -> ImagePath.resolve(state.folder, first) + "\n";
            case "cat" -> cat(operands, state);
            case "ls" -> list(operands, state);
            case "tee" -> tee(operands, state);
            case "envsubst" -> state.input == null ? unknown(command) : state.input;
            case "cp", "mv", "ln" -> copy(operands, state);
            case "sed" -> sed(command, operands, state);
            case "yq" -> edit(command, command.arguments().contains("-i"), operands, state);
            case "[", "test", "mkdir", "rm", "chmod", "sleep", "true", ":", "trap", "wait", "chown" -> "";
            default -> unknown(command);
        };
    }

    private String unknown(Command command) {
        return unknowns.mark("the output of " + command.name());
    }

    private static String echo(List<String> arguments) {
        boolean newline = true;
        int at = 0;
        while (at < arguments.size() && arguments.get(at).matches("-[neE]+")) {
            newline &= arguments.get(at).indexOf('n') < 0;
            at++;
        }
        return String.join(" ", arguments.subList(at, arguments.size())) + (newline ? "\n" : "");
    }

    private String printf(List<String> arguments) {
        if (arguments.isEmpty()) {
            return "";
        }
        String format = arguments.get(0).replace("\\n", "\n").replace("\\t", "\t");
        int next = 1;
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            boolean place = format.charAt(i) == '%' && i + 1 < format.length();
            if (!place) {
                text.append(format.charAt(i));
            } else if (format.charAt(++i) == 's' || format.charAt(i) == 'd') {
                text.append(next < arguments.size() ? arguments.get(next++) : "");
            } else {
                text.append(format.charAt(i) == '%' ? "%" : unknowns.mark("the output of printf"));
            }
        }
        return text.toString();
    }

    private static String basename(List<String> operands) {
        String name = operands.isEmpty() ? "" : ImagePath.name(operands.get(0));
        String suffix = operands.size() > 1 ? operands.get(1) : "";
        return name.endsWith(suffix) && !name.equals(suffix)
                ? name.substring(0, name.length() - suffix.length())
                : name;
    }

    private String cat(List<String> operands, ShellState state) {
        if (operands.isEmpty()) {
            return state.input == null ? "" : state.input;
        }
        return operands.stream().map(it -> text(it, state)).collect(Collectors.joining());
    }

    private String text(String operand, ShellState state) {
        String text = state.files.text(ImagePath.resolve(state.folder, operand));
        return text == null ? unknowns.mark("the text of " + Unknowns.without(operand)) : text;
    }

    private String list(List<String> operands, ShellState state) {
        String folder = operands.isEmpty() ? "." : operands.get(0);
        List<String> names = state.files.names(ImagePath.resolve(state.folder, folder));
        List<String> shown = names.isEmpty() || operands.size() > 1
                ? operands.stream()
                        .filter(it -> state.files.exists(ImagePath.resolve(state.folder, it)))
                        .toList()
                : names;
        return shown.stream().map(it -> it + "\n").collect(Collectors.joining());
    }

    private static String tee(List<String> operands, ShellState state) {
        String text = state.input == null ? "" : state.input;
        operands.forEach(it -> state.files.write(ImagePath.resolve(state.folder, it), text, ""));
        return text;
    }

    private static String copy(List<String> operands, ShellState state) {
        if (operands.size() != 2 || Unknowns.in(operands.get(0)) || Unknowns.in(operands.get(1))) {
            return "";
        }
        String from = ImagePath.resolve(state.folder, operands.get(0));
        String to = ImagePath.resolve(state.folder, operands.get(1));
        boolean into = operands.get(1).endsWith("/") || !state.files.names(to).isEmpty();
        String target = into ? ImagePath.resolve(to, ImagePath.name(from)) : to;
        if (state.files.isWritten(from)) {
            state.files.write(target, String.valueOf(state.files.text(from)), state.files.doubt(from));
        } else if (state.files.exists(from) && !target.equals(from)) {
            state.files.link(target, from);
        }
        return "";
    }

    private String sed(Command command, List<String> operands, ShellState state) {
        boolean inPlace =
                command.arguments().stream().anyMatch(it -> it.startsWith("-i") || it.startsWith("--in-place"));
        return edit(command, inPlace, operands, state);
    }

    /** What an editor makes of a file is taken as the file itself, in doubt. */
    private String edit(Command command, boolean inPlace, List<String> operands, ShellState state) {
        @Nullable String last = operands.isEmpty() ? null : operands.get(operands.size() - 1);
        String path = last == null ? "" : ImagePath.resolve(state.folder, last);
        String text = last == null ? null : state.files.text(path);
        if (text == null) {
            return unknown(command);
        }
        if (!inPlace) {
            return text + unknowns.mark("what " + command.name() + " changes");
        }
        state.files.write(path, text, command.name() + " changes it before");
        return "";
    }
}
