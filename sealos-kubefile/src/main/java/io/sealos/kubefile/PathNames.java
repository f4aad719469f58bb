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

    private static boolean endsInSlash(String path) {
        return path.endsWith("/") || path.endsWith("/.");
    }
}
