package io.sealos.oci.internal.recipe;

import io.sealos.oci.FileModes;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/**
 * The files that COPY and ADD see: those of a directory, and virtual ones laid over it. A virtual file wins over a
 * context file of the same path.
 */
public record BuildContext(
        Path directory, IgnoreRules ignoreRules, Collection<? extends VirtualFile> virtualFiles, FileModes modes) {

    public static BuildContext of(Path directory) {
        return new BuildContext(directory, IgnoreRules.NONE, List.of(), FileModes.AS_FOUND);
    }

    public BuildContext withIgnoreRules(IgnoreRules rules) {
        return new BuildContext(directory, rules, virtualFiles, modes);
    }

    public BuildContext withVirtualFiles(Collection<? extends VirtualFile> files) {
        return new BuildContext(directory, ignoreRules, files, modes);
    }

    public BuildContext withModes(FileModes fileModes) {
        return new BuildContext(directory, ignoreRules, virtualFiles, fileModes);
    }
}
