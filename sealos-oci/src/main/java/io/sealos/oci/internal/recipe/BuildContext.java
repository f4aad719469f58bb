package io.sealos.oci.internal.recipe;

import io.sealos.internal.files.FileSnapshot;
import io.sealos.oci.FileModes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/**
 * The files that COPY and ADD see: those of the context directory, and virtual ones laid over it. A virtual file
 * replaces a context file of the same path.
 *
 * @param seen the snapshot of the directory; attributes that it does not have yet are read when they are needed
 * @param ignoreRules excludes files of the directory
 * @param virtualFiles the virtual files
 * @param modes the source of the modes of context files
 */
public record BuildContext(
        FileSnapshot seen, ExcludedPaths ignoreRules, Collection<? extends VirtualFile> virtualFiles, FileModes modes) {

    public static BuildContext of(Path directory) throws IOException {
        return of(FileSnapshot.ofDirectory(directory.toRealPath()));
    }

    public static BuildContext of(FileSnapshot seen) {
        return new BuildContext(seen, ExcludedPaths.NONE, List.of(), FileModes.AS_FOUND);
    }

    public BuildContext withIgnoreRules(ExcludedPaths rules) {
        return new BuildContext(seen, rules, virtualFiles, modes);
    }

    public BuildContext withVirtualFiles(Collection<? extends VirtualFile> files) {
        return new BuildContext(seen, ignoreRules, files, modes);
    }

    public BuildContext withModes(FileModes fileModes) {
        return new BuildContext(seen, ignoreRules, virtualFiles, fileModes);
    }
}
