package io.sealos.images.internal.shell.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The commands of a script, up to the place that was not understood.
 *
 * @param commands the commands, up to the problem
 * @param problem what is wrong, or null
 * @param problemLine where
 */
public record ShellScript(
        List<ShellNode> commands, @Nullable String problem, int problemLine) {}
