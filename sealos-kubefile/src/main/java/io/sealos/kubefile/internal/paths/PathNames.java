package io.sealos.kubefile.internal.paths;

import java.util.ArrayDeque;
import java.util.Deque;

/** Paths in an image, which have slashes on every system. */
public final class PathNames {
    private PathNames() {}

    /**
     * {@return the path unchanged if it is absolute; else the path resolved against the working directory and cleaned,
     * with its trailing slash kept}
     */
    public static String absolute(String path, String workingDir) {
        String below = path;
        if (below.equals(".")) {
            below = endsInSlash(workingDir) ? workingDir : workingDir + "/";
        }
        if (below.startsWith("/")) {
            return below;
        }
        String joined = join(workingDir, below);
        return endsInSlash(below) ? joined + "/" : joined;
    }

    /** {@return an absolute path of both parts, without empty, {@code .} and {@code ..} elements} */
    public static String join(String parent, String child) {
        Deque<String> names = new ArrayDeque<>();
        for (String name : (parent + "/" + child).split("/", -1)) {
            if (name.equals("..")) {
                names.pollLast();
            } else if (!name.isEmpty() && !name.equals(".")) {
                names.add(name);
            }
        }
        return "/" + String.join("/", names);
    }

    /** {@return a path as {@code filepath.Clean} of Go returns it: a relative path may still lead upwards} */
    public static String clean(String path) {
        boolean rooted = path.startsWith("/");
        Deque<String> names = new ArrayDeque<>();
        for (String name : path.split("/", -1)) {
            boolean up = name.equals("..");
            if (up && !names.isEmpty() && !names.peekLast().equals("..")) {
                names.removeLast();
            } else if (!name.isEmpty() && !name.equals(".") && !(up && rooted)) {
                names.add(name);
            }
        }
        String joined = String.join("/", names);
        return rooted ? "/" + joined : joined.isEmpty() ? "." : joined;
    }

    private static boolean endsInSlash(String path) {
        return path.endsWith("/") || path.endsWith("/.");
    }
}
