package io.sealos.images.internal.shell.command;

import io.sealos.images.internal.shell.state.ProgramRun;
import io.sealos.images.internal.shell.state.ShellState;
import java.util.List;
import java.util.Set;

/**
 * A simple command whose words are expanded.
 *
 * @param line its line in the script
 * @param words the name and the arguments; at least one
 * @param last whether it runs in place of the shell, as with {@code exec}
 * @param program whether it is a program even where a function has its name, as with {@code command}
 * @param missing the variables in it that nothing sets
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

    /** Of a command that declares variables: whether programs get them. */
    public boolean isExport() {
        return name().equals("export") || arguments().stream().anyMatch(it -> hasFlag(it, 'x'));
    }

    /** Whether a word is an option of single letters that has this one. */
    public static boolean hasFlag(String word, char letter) {
        return word.matches("-[a-zA-Z]+") && word.indexOf(letter) > 0;
    }
}
