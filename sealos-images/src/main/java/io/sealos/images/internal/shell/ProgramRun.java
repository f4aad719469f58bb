package io.sealos.images.internal.shell;

import java.util.List;

/**
 * A program or script that a script runs on one of its paths.
 *
 * @param source the file in which it stands
 * @param line its line
 * @param words the name of the program and its arguments; parts that are not known are marked
 * @param folder the folder in which it runs
 * @param isComplete whether each variable that the command uses has a value
 * @param files what the script finds and has written so far; they go on changing after the call
 */
public record ProgramRun(
        String source, int line, List<String> words, String folder, boolean isComplete, ScratchFiles files) {}
