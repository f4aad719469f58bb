package io.sealos.images.internal.shell.state;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A program or script that a script runs on one of its paths.
 *
 * @param source the file in which it stands
 * @param line its line
 * @param words the name of the program and its arguments; parts that are not known are marked
 * @param directory the directory in which it runs
 * @param missing variables that the command uses and that have no value
 * @param input what it gets as its input; null if that is nothing of the script's
 * @param files what the script finds and has written so far; they go on changing after the call
 */
public record ProgramRun(
        String source,
        int line,
        List<String> words,
        String directory,
        Set<String> missing,
        @Nullable String input,
        ScratchFiles files) {
    /** The file that stands for the input. */
    public static final String STANDARD_INPUT = "/dev/stdin";

    /** The name of the program without its directory. */
    public String name() {
        return ImagePath.name(words.get(0));
    }

    public List<String> arguments() {
        return words.subList(1, words.size());
    }

    /** Whether each variable that the command uses has a value. */
    public boolean isComplete() {
        return missing.isEmpty();
    }

    /** The path in the image that an argument means; a dash is the input. */
    public String path(String argument) {
        return argument.equals("-") ? STANDARD_INPUT : ImagePath.resolve(directory, argument);
    }

    /** The text of a file, or of the input; null if there is none. */
    public @Nullable String text(String path) {
        return path.equals(STANDARD_INPUT) ? input : files.text(path);
    }
}
