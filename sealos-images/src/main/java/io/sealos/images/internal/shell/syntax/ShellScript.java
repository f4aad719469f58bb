package io.sealos.images.internal.shell.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The commands of a script, up to the first syntax error.
 *
 * @param commands the commands before the error
 * @param problem the message, or null if there is no error
 * @param problemLine the line of the error
 */
public record ShellScript(
        List<ShellNode> commands, @Nullable String problem, int problemLine) {}
