package io.sealos.oci;

import io.sealos.images.ImageInventory;
import io.sealos.internal.files.FileSnapshot;
import io.sealos.kubefile.BuildFiles;
import io.sealos.kubefile.IgnoreRules;
import io.sealos.kubefile.Kubefile;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** From what the caller asked for to an image of which everything is known that needs no network. */
final class Preparation {
    private final ClusterImageRequest request;
    private final Path context;

    Preparation(ClusterImageRequest request) throws IOException {
        this.request = request;
        this.context = contextOf(request);
    }

    ClusterImage prepare() throws IOException {
        // Where a link leads elsewhere meanwhile, this build stays where it is.
        FileSnapshot seen = FileSnapshot.ofDirectory(context.toRealPath());
        List<Path> buildFiles = buildFiles();
        Kubefile kubefile = kubefile(buildFiles);
        PlatformEvaluator evaluator = new PlatformEvaluator(kubefile, request);
        BaseImages bases = new BaseImages(request.baseImages);
        List<PlatformEvaluation> evaluations = evaluator.evaluate(bases::atHand);
        ImageInventory images = request.scanner.scan(context, evaluations.get(0).evaluation());
        CleanRecord record = CleanRecord.of(request, context);
        LayoutCheck layout = new LayoutCheck(
                context, seen, buildFiles, kubefile, ignoreRules(buildFiles), images, record.file(), request.failOn);
        return new ClusterImage(request, layout, evaluator, bases, evaluations, record);
    }

    private static Path contextOf(ClusterImageRequest request) throws IOException {
        Path context = request.context;
        if (context == null) {
            throw new IllegalStateException("there is no context; call context(Path) with the directory to build");
        }
        if (!Files.isDirectory(context)) {
            throw new FileSystemException(
                    context.toString(),
                    null,
                    Files.exists(context)
                            ? "is no directory; name the directory that has the Kubefile"
                            : "there is no such context directory; check the path");
        }
        return context;
    }

    private List<Path> buildFiles() throws IOException {
        if (request.kubefile != null) {
            return List.of();
        }
        return request.kubefilePath != null ? List.of(existing(request.kubefilePath)) : found();
    }

    private List<Path> found() throws IOException {
        List<Path> linksOut = BuildFiles.linksOut(context);
        if (!linksOut.isEmpty()) {
            throw new FileSystemException(
                    linksOut.get(0).toString(),
                    null,
                    "the build file is a symbolic link that leads out of the context, and is not followed; put the file"
                            + " itself there, or name it with kubefile(Path)");
        }
        return BuildFiles.find(context);
    }

    private static Path existing(Path buildFile) throws IOException {
        if (!Files.isRegularFile(buildFile)) {
            throw new NoSuchFileException(
                    buildFile.toString(), null, "there is no such build file; check the path given to kubefile(Path)");
        }
        return buildFile;
    }

    private Kubefile kubefile(List<Path> buildFiles) throws IOException {
        if (request.kubefile != null) {
            return request.kubefile;
        }
        if (buildFiles.isEmpty()) {
            throw new NoSuchFileException(
                    context.toString(),
                    null,
                    "there is no build file: none of " + String.join(", ", BuildFiles.NAMES)
                            + "; create a Kubefile that begins with 'FROM scratch'");
        }
        return Kubefile.join(buildFiles);
    }

    private IgnoreRules ignoreRules(List<Path> buildFiles) throws IOException {
        return IgnoreRules.load(
                context, buildFiles.isEmpty() ? List.of(context.resolve(BuildFiles.NAMES.get(1))) : buildFiles);
    }
}
