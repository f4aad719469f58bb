package io.sealos.oci.internal.recipe;

import io.sealos.internal.files.FileSnapshot;
import io.sealos.oci.FileModes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/**
 * The files that are available to COPY and ADD: those of the context directory, and virtual files laid over it. A
 * virtual file replaces a context file of the same path.
 *
 * @param seen the snapshot of the directory, which reads missing attributes on demand
 * @param ignoreRules the rules that exclude files of the directory
 * @param virtualFiles the virtual files
 * @param modes the modes that context files get
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
