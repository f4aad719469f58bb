package io.sealos.images.internal.shell.command;

import com.google.re2j.Pattern;
import io.sealos.images.internal.shell.state.ExitStatus;
import io.sealos.images.internal.shell.state.ImagePath;
import io.sealos.images.internal.shell.state.LimitedText;
import io.sealos.images.internal.shell.state.ScratchFiles;
import io.sealos.images.internal.shell.state.ShellState;
import io.sealos.images.internal.shell.state.Unknown;
import io.sealos.images.internal.shell.state.Unknown.Nature;
import io.sealos.images.internal.shell.state.Unknowns;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Interprets commands that only print, or move files, as far as possible without running them. */
public final class Printing {
    private static final Set<Nature> PLAIN = Set.of(Nature.VALUE, Nature.VARIABLE, Nature.GIVEN);

    /** Matches a text among the arguments of an editor that changes images. */
    private static final Pattern IMAGES =
            Pattern.compile("(?i)image|tag|registry|repo|version|docker|\\w/[\\w./-]+:\\w");

    private final Unknowns unknowns;
    private final TextCommands texts;

    public Printing(Unknowns unknowns) {
        this.unknowns = unknowns;
        this.texts = new TextCommands(unknowns);
    }

    public void run(Command command, ShellState state) {
        state.print(printed(command, state));
    }

    private String printed(Command command, ShellState state) {
        List<String> operands = command.arguments().stream()
                .filter(it -> !it.startsWith("-") || it.equals("-"))
                .toList();
        String first = operands.isEmpty() ? "" : operands.get(0);
        return switch (command.name()) {
            case "echo" -> done(texts.echo(command.arguments()), state);
            case "printf" -> done(printf(command.arguments(), state), state);
            case "pwd" -> state.directory + "\n";
            case "basename" -> basename(operands) + "\n";
            case "dirname" -> ImagePath.parent(first) + "\n";
            case "realpath", "readlink" -> ImagePath.resolve(state.directory, first) + "\n";
            case "cat" -> cat(operands, state);
            case "ls" -> list(operands, state);
            case "find" -> FindCommand.run(command.arguments(), state).orElseGet(() -> unknown(command));
            case "tee" -> tee(command, operands, state);
            case "envsubst" ->
                state.input == null ? unknown(command) : texts.substituted(state.input, command.arguments(), state);
            case "curl", "wget" -> Download.run(command, state, unknowns);
            case "cp", "mv", "ln", "install" -> copy(copied(command, operands), state);
            case "mktemp", "mkdir" -> make(command, operands, state);
            case "sed" -> sed(command, state);
            case "yq" -> edit(command, command.arguments().contains("-i"), operands, state);
            case "true", ":", "sleep", "wait", "trap" -> done("", state);
            case "false" -> {
                state.outcome = ExitStatus.FAILURE;
                yield "";
            }
            case "rm", "chmod", "chown" -> "";
            default -> texts.filtered(command, state).orElseGet(() -> passedOn(command, state));
        };
    }

    private static String done(String printed, ShellState state) {
        state.outcome = ExitStatus.SUCCESS;
        return printed;
    }

    private String unknown(Command command) {
        return unknowns.mark("the output of " + command.name());
    }

    /** {@return the output of a filter whose input is not known, but whose images have been found} */
    private String passedOn(Command command, ShellState state) {
        String last = command.argument(command.words().size() - 1);
        String path = ImagePath.resolve(state.directory, last);
        String input = state.files.isWritten(path) ? state.files.text(path) : state.input;
        boolean accounted = input != null
                && Unknowns.isAll(input)
                && unknowns.of(input).stream().map(Unknown::nature).noneMatch(PLAIN::contains);
        return accounted ? String.valueOf(input) : unknown(command);
    }

    private String printf(List<String> arguments, ShellState state) {
        if (arguments.size() > 2 && arguments.get(0).equals("-v")) {
            state.set(arguments.get(1), texts.printf(arguments.subList(2, arguments.size())));
            return "";
        }
        return texts.printf(arguments);
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
        LimitedText texts = new LimitedText();
        for (String operand : operands) {
            texts.append(texts.overflow() ? "" : text(operand, state));
        }
        return texts.whole().orElseGet(() -> unknowns.mark("the output of cat"));
    }

    private String text(String operand, ShellState state) {
        boolean input = operand.equals("-") && state.input != null;
        return input ? String.valueOf(state.input) : state.textOrMark(operand, unknowns);
    }

    private static String list(List<String> operands, ShellState state) {
        String directory = operands.isEmpty() ? "." : operands.get(0);
        List<String> names = state.files.names(ImagePath.resolve(state.directory, directory));
        List<String> shown = names.isEmpty() || operands.size() > 1
                ? operands.stream()
                        .filter(it -> state.files.exists(ImagePath.resolve(state.directory, it)))
                        .toList()
                : names;
        return shown.stream().map(it -> it + "\n").collect(Collectors.joining());
    }

    private static String tee(Command command, List<String> operands, ShellState state) {
        String text = state.input == null ? "" : state.input;
        boolean append = command.arguments().contains("-a");
        for (String operand : operands) {
            String path = ImagePath.resolve(state.directory, operand);
            String old = append ? state.text(path) : null;
            state.write(path, old == null ? text : old + text, "");
        }
        return text;
    }

    /**
     * Creates a file or directory with a unique name, as scripts use it for temporary files.
     *
     * @return the name
     */
    private static String makeTemporary(Command command, ShellState state) {
        String path = "/tmp/tmp." + state.work.nextName();
        if (command.arguments().stream().anyMatch(it -> it.matches("-[qut]{0,9}d.*|--directory"))) {
            state.files.makeDirectory(path);
        } else {
            state.write(path, "", "");
        }
        return path + "\n";
    }

    private static String make(Command command, List<String> operands, ShellState state) {
        return command.name().equals("mkdir") ? makeDirectories(operands, state) : makeTemporary(command, state);
    }

    private static String makeDirectories(List<String> operands, ShellState state) {
        operands.forEach(it -> state.files.makeDirectory(ImagePath.resolve(state.directory, it)));
        return "";
    }

    private static String copy(List<String> operands, ShellState state) {
        if (operands.size() < 2 || operands.stream().anyMatch(Unknowns::in)) {
            return "";
        }
        String last = operands.get(operands.size() - 1);
        String to = ImagePath.resolve(state.directory, last);
        boolean into = last.endsWith("/") || operands.size() > 2 || state.files.isDirectory(to);
        for (String operand : operands.subList(0, operands.size() - 1)) {
            String from = ImagePath.resolve(state.directory, operand);
            copy(from, into ? ImagePath.resolve(to, ImagePath.name(from)) : to, state.files);
        }
        return "";
    }

    /**
     * {@return the files of a command that copies} The options of {@code install} for mode and owner take arguments.
     */
    private static List<String> copied(Command command, List<String> operands) {
        List<String> arguments = command.arguments();
        if (!command.name().equals("install")) {
            return operands;
        }
        List<String> files = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String word = arguments.get(i);
            i += word.matches("-[DpvCc]*[mog]") ? 1 : 0;
            if (!word.startsWith("-")) {
                files.add(word);
            }
        }
        return files;
    }

    private static void copy(String from, String to, ScratchFiles files) {
        if (files.isWritten(from)) {
            files.write(to, String.valueOf(files.text(from)), files.doubt(from));
        } else if (files.exists(from) && !to.equals(from)) {
            files.link(to, from);
        }
    }

    private String sed(Command command, ShellState state) {
        SedCommand sed = SedCommand.parse(command.arguments());
        List<String> operands = sed.files();
        String text = operands.isEmpty() ? state.input : cat(operands, state);
        String edited = text == null || (sed.inPlace() && operands.size() != 1) ? null : sed.edit(text);
        if (edited == null) {
            return edit(command, sed.inPlace(), operands, state);
        }
        if (!sed.inPlace()) {
            return edited;
        }
        String path = ImagePath.resolve(state.directory, operands.get(0));
        state.write(path, edited, state.files.doubt(path));
        return "";
    }

    /** {@return the output of an editor, which is assumed to be the file itself if it is not known} */
    private String edit(Command command, boolean inPlace, List<String> operands, ShellState state) {
        String path = operands.isEmpty() ? "" : ImagePath.resolve(state.directory, operands.get(operands.size() - 1));
        String text = path.isEmpty() ? null : state.text(path);
        if (text == null && path.isEmpty() && state.marking) {
            text = state.input;
        }
        if (text == null) {
            return unknown(command);
        }
        String mark = unknowns.mark(Unknown.change(
                command.name(), IMAGES.matcher(command.arguments().toString()).find()));
        String edited = text + (text.endsWith("\n") ? "" : "\n") + mark;
        if (!inPlace) {
            return edited;
        }
        state.write(path, edited, command.name() + " changes it before");
        return "";
    }
}
