package io.sealos.images.internal.shell;

import java.util.List;
import java.util.Set;

/**
 * A {@code helm} that a script runs on one of its paths.
 *
 * @param source the file in which it stands
 * @param line its line
 * @param arguments what follows the program's name; parts that are not known are marked
 * @param folder the folder in which it runs
 * @param missing variables that the command uses and that have no value
 * @param files what the script finds and has written so far
 */
public record HelmInvocation(
        String source, int line, List<String> arguments, String folder, Set<String> missing, ScratchFiles files) {
    /** The file that stands for what the command gets as its input. */
    public static final String STANDARD_INPUT = "/dev/stdin";
}
