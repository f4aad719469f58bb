package io.sealos.images.internal.shell.state;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A call of a program or script on one of the paths of a script.
 *
 * @param source the file that contains the command
 * @param line the line of the command
 * @param words the name of the program and its arguments; parts that are not known are marked
 * @param directory the directory in which it runs
 * @param missing variables that the command uses and that have no value
 * @param input the standard input; null if it does not come from the script
 * @param files the files that the script finds and has written so far; they may change after the call
 */
public record ProgramRun(
        String source,
        int line,
        List<String> words,
        String directory,
        Set<String> missing,
        @Nullable String input,
        ScratchFiles files) {
    /** The path that stands for the standard input. */
    public static final String STANDARD_INPUT = "/dev/stdin";

    /** {@return the name of the program without its directory} */
    public String name() {
        return ImagePath.name(words.get(0));
    }

    public List<String> arguments() {
        return words.subList(1, words.size());
    }

    /** {@return whether all variables that the command uses have values} */
    public boolean isComplete() {
        return missing.isEmpty();
    }

    /** {@return the path in the image for an argument; a hyphen stands for the standard input} */
    public String path(String argument) {
        return argument.equals("-") ? STANDARD_INPUT : ImagePath.resolve(directory, argument);
    }

    /** {@return the text of a file, or of the standard input; null if there is none} */
    public @Nullable String text(String path) {
        return path.equals(STANDARD_INPUT) ? input : files.text(path);
    }
}
