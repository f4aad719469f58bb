package io.sealos.images.internal.shell.command;

import io.sealos.images.internal.shell.state.ProgramRun;
import io.sealos.images.internal.shell.state.ShellState;
import java.util.List;
import java.util.Set;

/**
 * A simple command with expanded words.
 *
 * @param line the line of the command in the script
 * @param words the name and the arguments; at least one
 * @param last whether the command replaces the shell, as with {@code exec}
 * @param program whether the command is a program even if a function has its name, as with {@code command}
 * @param missing the variables in the command that nothing sets
 */
public record Command(int line, List<String> words, boolean last, boolean program, Set<String> missing) {
    public String name() {
        String path = words.get(0);
        return path.substring(path.lastIndexOf('/') + 1);
    }

    public List<String> arguments() {
        return words.subList(1, words.size());
    }

    public ProgramRun asRun(ShellState state) {
        return new ProgramRun(state.source, line, words, state.directory, missing, state.input, state.files);
    }

    public String argument(int index) {
        return words.size() > index ? words.get(index) : "";
    }

    /** {@return whether a command that declares variables exports them} */
    public boolean isExport() {
        return name().equals("export") || arguments().stream().anyMatch(it -> hasFlag(it, 'x'));
    }

    /** {@return whether a word consists of single-letter options that include this letter} */
    public static boolean hasFlag(String word, char letter) {
        return word.matches("-[a-zA-Z]+") && word.indexOf(letter) > 0;
    }
}
