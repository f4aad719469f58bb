package io.sealos.images.internal.shell.state;

import java.util.ArrayDeque;
import java.util.Deque;

/** Paths in the image, which are absolute, with slashes and without {@code .} and {@code ..}. */
public final class ImagePath {
    private ImagePath() {}

    /** {@return the path resolved against the directory; it never leads above the root} */
    public static String resolve(String directory, String path) {
        String whole = path.startsWith("/") ? path : directory + "/" + path;
        Deque<String> names = new ArrayDeque<>();
        for (String name : whole.split("/", -1)) {
            if (name.equals("..")) {
                names.pollLast();
            } else if (!name.isEmpty() && !name.equals(".")) {
                names.addLast(name);
            }
        }
        return "/" + String.join("/", names);
    }

    /** {@return whether the path is the directory or below it} */
    public static boolean isBelow(String path, String directory) {
        return directory.equals("/") || path.equals(directory) || path.startsWith(directory + "/");
    }

    public static String parent(String path) {
        String plain = trim(path);
        int slash = plain.lastIndexOf('/');
        return slash < 0 ? "." : slash == 0 ? "/" : plain.substring(0, slash);
    }

    public static String name(String path) {
        String plain = trim(path);
        return plain.equals("/") ? plain : plain.substring(plain.lastIndexOf('/') + 1);
    }

    private static String trim(String path) {
        int end = path.length();
        while (end > 1 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }
}
