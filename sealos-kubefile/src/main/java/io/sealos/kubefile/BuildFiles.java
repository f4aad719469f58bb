package io.sealos.kubefile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Finds the build files of a context as sealos does: every one that is there, not only the first. */
public final class BuildFiles {
    /** The names that sealos looks for, in its order. */
    public static final List<String> NAMES = List.of("Sealfile", "Kubefile", "Dockerfile", "Containerfile");

    private BuildFiles() {}

    /**
     * {@return the existing ones of Sealfile, Kubefile, Dockerfile and Containerfile, in this order; sealos joins them
     * all (its {@code pkg/buildah/build.go})}
     */
    public static List<Path> find(Path context) throws IOException {
        if (!Files.isDirectory(context)) {
            throw new IOException("the context is no directory: " + context);
        }
        return NAMES.stream().map(context::resolve).filter(Files::isRegularFile).toList();
    }
}
