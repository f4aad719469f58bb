package io.sealos.oci.internal.tree;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Resolves paths inside a tree. A path is a list of names from the root, and never leads out of the tree. */
public final class TreePath {
    private static final int MAX_LINKS = 40;
    private static final int MOST_LAST_LINKS = 16;

    private TreePath() {}

    /** Returns the names of a path without empty names, "." and "..". A ".." at the root has no effect. */
    static List<String> clean(String path) {
        List<String> names = new ArrayList<>();
        for (String name : path.split("/", -1)) {
            step(names, name);
        }
        return names;
    }

    /** Returns an absolute path in its normal form, such as {@code /opt/bin} for {@code opt//bin/}. */
    public static String absolute(String path) {
        return "/" + String.join("/", clean(path));
    }

    static @Nullable TreeNode find(TreeNode root, List<String> names) throws IOException {
        TreeNode node = root;
        for (String name : names) {
            TreeNode next = node.isDirectory() ? node.children().get(name) : null;
            if (next == null) {
                return null;
            }
            node = next;
        }
        return node;
    }

    /** Returns the path with all links followed inside the tree, including the last one. Missing names are kept. */
    static List<String> follow(TreeNode root, List<String> path) throws IOException {
        List<String> followed = followOrNull(root, path);
        if (followed == null) {
            throw tooManyLinks(path);
        }
        return followed;
    }

    private static StepException tooManyLinks(List<String> path) {
        return new StepException(
                "'" + String.join("/", path) + "' leads through too many symbolic links", "remove the loop of links");
    }

    /** Returns the path with all links followed inside the tree; null if links form a loop. */
    static @Nullable List<String> followOrNull(TreeNode root, List<String> path) throws IOException {
        Deque<String> todo = new ArrayDeque<>(path);
        List<String> done = new ArrayList<>();
        int links = 0;
        while (!todo.isEmpty()) {
            step(done, todo.removeFirst());
            TreeNode node = find(root, done);
            if (node != null && node.kind() == TreeNode.Kind.SYMLINK) {
                if (++links > MAX_LINKS) {
                    return null;
                }
                enter(node.target(), done, todo);
            }
        }
        return done;
    }

    /** Returns the path with the links of its parents followed, but not the last one. */
    static List<String> followParent(TreeNode root, List<String> path) throws IOException {
        if (path.isEmpty()) {
            return path;
        }
        int last = path.size() - 1;
        List<String> followed = new ArrayList<>(follow(root, path.subList(0, last)));
        followed.add(path.get(last));
        return followed;
    }

    /**
     * Returns the path to which the links at its end lead. Like in buildah, links in the middle of the path are kept,
     * and ".." removes a name, even if it is that of a link.
     */
    static List<String> followLast(TreeNode root, List<String> path) throws IOException {
        List<String> done = path;
        for (int links = 0; links < MOST_LAST_LINKS; links++) {
            TreeNode node = find(root, followParent(root, done));
            if (node == null || node.kind() != TreeNode.Kind.SYMLINK) {
                return done;
            }
            List<String> next = new ArrayList<>(done);
            Deque<String> todo = new ArrayDeque<>();
            enter(node.target(), next, todo);
            todo.forEach(name -> step(next, name));
            done = next;
        }
        throw tooManyLinks(path);
    }

    /**
     * Returns the directory to which a link leads, resolved as by a kernel with this root; null if a name of the path
     * does not exist.
     *
     * @param directory the path of the directory that contains the link
     */
    static @Nullable List<String> directory(TreeNode root, List<String> directory, String link) throws IOException {
        List<String> done = new ArrayList<>(link.startsWith("/") ? List.of() : directory);
        Deque<String> todo = new ArrayDeque<>();
        push(link, todo);
        int links = 0;
        while (!todo.isEmpty()) {
            String name = todo.removeFirst();
            step(done, name);
            TreeNode node = find(root, done);
            if (node != null && node.kind() == TreeNode.Kind.SYMLINK && links++ < MAX_LINKS) {
                enter(node.target(), done, todo);
            } else if (node == null || !node.isDirectory()) {
                return null;
            }
        }
        return done;
    }

    private static void enter(String target, List<String> done, Deque<String> todo) {
        if (target.startsWith("/")) {
            done.clear();
        } else {
            done.remove(done.size() - 1);
        }
        push(target, todo);
    }

    private static void push(String target, Deque<String> todo) {
        String[] names = target.split("/", -1);
        for (int i = names.length - 1; i >= 0; i--) {
            todo.addFirst(names[i]);
        }
    }

    private static void step(List<String> names, String name) {
        if (name.equals("..")) {
            if (!names.isEmpty()) {
                names.remove(names.size() - 1);
            }
        } else if (!name.isEmpty() && !name.equals(".")) {
            names.add(name);
        }
    }
}
