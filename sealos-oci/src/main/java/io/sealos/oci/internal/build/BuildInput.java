package io.sealos.oci.internal.build;

import io.sealos.SealosException;
import io.sealos.internal.files.FileSnapshot;
import io.sealos.internal.files.RequiredPath;
import io.sealos.internal.overlay.ContextNames;
import io.sealos.internal.overlay.OverlayFileSystem;
import io.sealos.kubefile.BuildFiles;
import io.sealos.kubefile.IgnoreRules;
import io.sealos.kubefile.Kubefile;
import io.sealos.oci.BuildRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * The context directory and its build files, which have been read. Immutable.
 *
 * @param directory the context directory as the caller named it
 * @param snapshot the files of the context directory
 * @param buildFiles the build files; empty for a Kubefile that the caller created
 * @param kubefile the joined build files
 * @param ignoreRules the rules of the ignore file
 */
record BuildInput(
        Path directory, FileSnapshot snapshot, List<Path> buildFiles, Kubefile kubefile, IgnoreRules ignoreRules) {

    static BuildInput read(BuildRequest.Source source) throws IOException {
        Path context = context(source);
        // The real path keeps the build in this directory even if a link in the path changes.
        FileSnapshot snapshot = FileSnapshot.ofDirectory(context.toRealPath());
        List<Path> buildFiles = buildFiles(source, context);
        Kubefile kubefile =
                source.kubefile().isPresent() ? source.kubefile().get() : BuildFiles.parse(context, buildFiles);
        return new BuildInput(context, snapshot, buildFiles, kubefile, ignoreRules(buildFiles, context));
    }

    /** {@return the same build files, with a new snapshot of the context directory} */
    BuildInput refreshed() throws IOException {
        return new BuildInput(directory, snapshot.refreshed(), buildFiles, kubefile, ignoreRules);
    }

    private static Path context(BuildRequest.Source source) throws IOException {
        Path context = source.context()
                .orElseThrow(() -> new IllegalStateException("there is no context; call context(Path) with the"
                        + " directory to build, or give its files, such as with file(String, String)"));
        RequiredPath.directory(context, "name the directory that contains the Kubefile");
        return OverlayFileSystem.withExactNames(context);
    }

    private static List<Path> buildFiles(BuildRequest.Source source, Path context) throws IOException {
        if (source.kubefile().isPresent()) {
            return List.of();
        }
        return source.kubefilePath().isPresent()
                ? List.of(existing(source.kubefilePath().get()))
                : found(context);
    }

    private static List<Path> found(Path context) throws IOException {
        List<Path> linksOut = BuildFiles.linksOut(context);
        if (!linksOut.isEmpty()) {
            throw refusal(
                    ContextNames.of(context, linksOut.get(0)),
                    "the build file is a symbolic link that leads out of the context, and is not followed",
                    "put the file itself there, or name it with kubefile(Path)");
        }
        List<Path> found = BuildFiles.find(context);
        if (found.isEmpty()) {
            throw refusal(
                    ContextNames.of(context),
                    "there is no build file: none of " + String.join(", ", BuildFiles.NAMES),
                    "create a Kubefile that begins with 'FROM scratch'");
        }
        return found;
    }

    private static BuildRefusedException refusal(String place, String problem, String fix) {
        return new BuildRefusedException(List.of(new SealosException.Part(place, problem, fix)));
    }

    private static Path existing(Path buildFile) throws IOException {
        RequiredPath.fileOrNothing(buildFile, "name the build file");
        if (!Files.isRegularFile(buildFile)) {
            throw new NoSuchFileException(
                    buildFile.toString(), null, "there is no such build file; check the path given to kubefile(Path)");
        }
        return buildFile;
    }

    private static IgnoreRules ignoreRules(List<Path> buildFiles, Path context) throws IOException {
        return IgnoreRules.load(
                context, buildFiles.isEmpty() ? List.of(context.resolve(BuildFiles.NAMES.get(1))) : buildFiles);
    }
}
