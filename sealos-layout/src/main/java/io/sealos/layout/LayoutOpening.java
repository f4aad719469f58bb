package io.sealos.layout;

import io.sealos.images.ImageInventory;
import io.sealos.images.ImageScanner;
import io.sealos.internal.overlay.OverlayFileSystem;
import io.sealos.kubefile.BuildFiles;
import io.sealos.kubefile.BuildOptions;
import io.sealos.kubefile.IgnoreRules;
import io.sealos.kubefile.IgnoreSyntaxException;
import io.sealos.kubefile.Kubefile;
import io.sealos.kubefile.KubefileEvaluation;
import io.sealos.kubefile.KubefileEvaluationException;
import io.sealos.kubefile.KubefileParseException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Opens a context directory leniently, and records the files that cannot be read. */
final class LayoutOpening {
    private static final long LARGEST_BUILD_FILE = 16L * 1024 * 1024;

    private final Path directory;
    private final Map<String, String> unreadable = new TreeMap<>();

    LayoutOpening(Path directory) {
        this.directory = OverlayFileSystem.withExactNames(directory);
    }

    ClusterImageLayout open(BuildOptions options, ImageScanner scanner) throws IOException {
        List<Path> buildFiles = BuildFiles.find(directory);
        for (Path link : BuildFiles.linksOut(directory)) {
            unreadable.put(
                    String.valueOf(link.getFileName()),
                    "the build file is a link that leads out of the directory, and is not read");
        }
        OpenedBuild build = build(buildFiles, options);
        ImageInventory images = images(scanner, build.evaluation());
        return new ClusterImageLayout(directory, build, images, Collections.unmodifiableMap(unreadable));
    }

    private ImageInventory images(ImageScanner scanner, @Nullable KubefileEvaluation evaluation) throws IOException {
        try {
            return evaluation == null ? scanner.scan(directory) : scanner.scan(directory, evaluation);
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            fail(e);
        } catch (UncheckedIOException e) {
            fail(Objects.requireNonNull(e.getCause()));
        }
        return ImageInventory.empty();
    }

    private OpenedBuild build(List<Path> files, BuildOptions options) {
        IgnoreRules ignoreRules = files.isEmpty() ? IgnoreRules.none() : ignoreRules(files);
        if (files.isEmpty() || !areReadable(files)) {
            return OpenedBuild.invalid(files, List.of(), ignoreRules);
        }
        try {
            Kubefile kubefile = BuildFiles.parse(directory, files);
            return new OpenedBuild(files, kubefile, kubefile.evaluate(options), List.of(), ignoreRules);
        } catch (KubefileParseException e) {
            return OpenedBuild.invalid(files, e.problems(), ignoreRules);
        } catch (KubefileEvaluationException e) {
            return OpenedBuild.invalid(files, e.problems(), ignoreRules);
        } catch (IOException e) {
            fail(e);
            return OpenedBuild.invalid(files, List.of(), ignoreRules);
        }
    }

    private IgnoreRules ignoreRules(List<Path> buildFiles) {
        try {
            return IgnoreRules.load(directory, buildFiles);
        } catch (IgnoreSyntaxException e) {
            unreadable.put(".", String.valueOf(e.getMessage()));
        } catch (IOException e) {
            fail(e);
        }
        return IgnoreRules.none();
    }

    private boolean areReadable(List<Path> files) {
        for (Path file : files) {
            try {
                if (Files.size(file) > LARGEST_BUILD_FILE) {
                    unreadable.put(name(file), "is larger than " + LARGEST_BUILD_FILE + " bytes");
                }
            } catch (IOException e) {
                fail(e);
            }
        }
        return files.stream().map(this::name).noneMatch(unreadable::containsKey);
    }

    private void fail(IOException e) {
        boolean placed = e instanceof FileSystemException failure && failure.getFile() != null;
        String path = placed ? name(directory.getFileSystem().getPath(((FileSystemException) e).getFile())) : ".";
        unreadable.put(path, "cannot be read (" + e.getClass().getSimpleName() + ")");
    }

    private String name(Path file) {
        Path context = directory.toAbsolutePath().normalize();
        Path absolute = file.toAbsolutePath().normalize();
        return absolute.startsWith(context)
                ? context.relativize(absolute).toString().replace('\\', '/')
                : file.toString();
    }
}
