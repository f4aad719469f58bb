package io.sealos.kubefile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds the build files of a context as sealos does: every one that is there, not only the first. */
public final class BuildFiles {
    /** The names that sealos looks for, in its order. */
    public static final List<String> NAMES = List.of("Sealfile", "Kubefile", "Dockerfile", "Containerfile");

    private BuildFiles() {}

    /**
     * {@return the existing ones of Sealfile, Kubefile, Dockerfile and Containerfile, in this order; sealos joins them
     * all (its {@code pkg/buildah/build.go})} Links are followed inside the context; {@link #linksOut} are left out.
     *
     * @param context the directory to build
     * @throws IOException if it is no directory, or a link cannot be followed
     */
    public static List<Path> find(Path context) throws IOException {
        return select(context, false);
    }

    /**
     * {@return the build files that are symbolic links to files outside of the context, in the same order} Nobody reads
     * them: whoever wrote the context may not be allowed to see where they lead.
     *
     * @param context the directory to build
     * @throws IOException if it is no directory, or a link cannot be followed
     */
    public static List<Path> linksOut(Path context) throws IOException {
        return select(context, true);
    }

    private static List<Path> select(Path context, boolean leadsOut) throws IOException {
        if (!Files.isDirectory(context)) {
            throw new IOException("the context is no directory: " + context);
        }
        Path root = context.toRealPath();
        List<Path> found = new ArrayList<>();
        for (String name : NAMES) {
            Path file = context.resolve(name);
            if (Files.isRegularFile(file) && leadsOut != file.toRealPath().startsWith(root)) {
                found.add(file);
            }
        }
        return List.copyOf(found);
    }
}
