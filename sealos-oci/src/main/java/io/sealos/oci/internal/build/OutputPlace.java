package io.sealos.oci.internal.build;

import io.sealos.SealosException;
import io.sealos.internal.files.RequiredPath;
import io.sealos.internal.overlay.OverlayFileSystem;
import io.sealos.layout.ClusterImageLayout;
import io.sealos.oci.BuildRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The place of an output in relation to the context directory. An output that a COPY copies would be part of the next
 * image, which would then have another digest, and would grow with each build.
 */
final class OutputPlace {
    private OutputPlace() {}

    /**
     * Throws an exception if files of an output are in the context directory, and a COPY of a layout would copy them.
     */
    static void refuse(List<Path> output, Path context, List<ClusterImageLayout> layouts) throws IOException {
        List<String> copied = new ArrayList<>();
        for (Path file : output) {
            pathIn(context, file)
                    .filter(path -> layouts.stream().anyMatch(it -> it.isCopied(path)))
                    .ifPresent(copied::add);
        }
        if (!copied.isEmpty()) {
            throw new BuildRefusedException(List.of(new SealosException.Part(
                    copied.get(0),
                    "the output is in the context directory, and a COPY would copy it into the next image",
                    "write it elsewhere, or exclude it with a line '" + pattern(copied)
                            + "' in the ignore file, such as" + " .dockerignore")));
        }
    }

    /** Throws an exception if an output would replace a file from which a delta image is built. */
    static void refuseBases(List<Path> output, List<Path> bases) throws IOException {
        for (Path file : output) {
            for (Path base : bases) {
                if (Files.exists(file) && Files.exists(base) && Files.isSameFile(file, base)) {
                    throw new BuildRefusedException(List.of(new SealosException.Part(
                            RequiredPath.shown(file),
                            "the output is the base of the delta image, and would replace it",
                            "write it to another file")));
                }
            }
        }
    }

    /** {@return a pattern of an ignore file that matches all paths} */
    private static String pattern(List<String> paths) {
        String prefix = paths.get(0);
        for (String path : paths) {
            int same = 0;
            while (same < Math.min(prefix.length(), path.length()) && prefix.charAt(same) == path.charAt(same)) {
                same++;
            }
            prefix = prefix.substring(0, same);
        }
        return paths.size() == 1 ? prefix : prefix + "*";
    }

    /** {@return the path of a file below the context directory, with slashes; empty if it is elsewhere} */
    private static Optional<String> pathIn(Path context, Path file) throws IOException {
        Optional<Path> directory = OverlayFileSystem.directoryBelow(context);
        if (directory.isEmpty() || !directory.get().getFileSystem().equals(file.getFileSystem())) {
            return Optional.empty();
        }
        Path root = directory.get().toRealPath();
        Path real = real(file.toAbsolutePath().normalize());
        if (!real.startsWith(root)) {
            return Optional.empty();
        }
        Path relative = root.relativize(real);
        return Optional.of(relative.toString().replace(relative.getFileSystem().getSeparator(), "/"));
    }

    /** {@return the path with the links of its existing part resolved} */
    private static Path real(Path path) throws IOException {
        Path parent = path.getParent();
        if (parent == null || Files.exists(path)) {
            return path.toRealPath();
        }
        return real(parent).resolve(path.getFileName());
    }
}
