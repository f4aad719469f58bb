package io.sealos.kubefile;

import java.util.ArrayDeque;
import java.util.Deque;

/** Paths inside the image: slashes on every system. */
final class PathNames {
    private PathNames() {}

    /** An absolute path as it is; a relative one below the working directory, tidied, its trailing slash kept. */
    static String absolute(String path, String workingDir) {
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

    /** Both parts below the root, without empty, {@code .} and {@code ..} elements. */
    static String join(String parent, String child) {
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

    /** A path without empty and {@code .} elements, as {@code filepath.Clean} of Go: what climbs out still does. */
    static String clean(String path) {
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
