package io.sealos.oci.internal.tree;

import io.sealos.oci.internal.read.SparseMap;
import io.sealos.oci.internal.read.TarEntries;
import io.sealos.oci.internal.read.TarEntry;
import io.sealos.oci.internal.work.Interruptions;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Adds the members of an archive to a tree like buildah. The destination is the root, so names, links and paths below
 * links are resolved inside it.
 */
final class ArchiveUnpacker {
    private final TreeEdit edit;
    private final List<String> destination;
    private final Owner ownerOfParents;
    private final Content source;
    private final FileNames names;

    /**
     * Creates an unpacker for an existing directory.
     *
     * @param destination the path of the directory, which does not contain links
     * @param ownerOfParents the owner of directories without a member of their own
     * @param source the original archive, compressed or not
     */
    ArchiveUnpacker(TreeEdit edit, List<String> destination, Owner ownerOfParents, Content source) {
        this.edit = edit;
        this.destination = destination;
        this.ownerOfParents = ownerOfParents;
        this.source = source;
        this.names = new FileNames(edit);
    }

    void unpack(Path archive) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(archive))) {
            TarEntries entries = TarEntries.ofFile(in);
            for (TarEntry entry = entries.nextOrGlobal(); entry != null; entry = entries.nextOrGlobal()) {
                if (!entry.name().isEmpty()) {
                    put(entry, new Member(archive, entries.position()));
                }
            }
        } catch (IOException e) {
            Interruptions.rethrow(e);
            throw Archives.cannotUnpack(source, e);
        }
        Archives.checkUnchanged(source);
    }

    /** A file with a member that was unpacked, and the offset of its content. */
    private record Member(Path archive, long offset) {}

    private void put(TarEntry entry, Member member) throws IOException {
        List<String> path = TreePath.clean(entry.name());
        if (path.isEmpty()) {
            destinationItself(entry);
            return;
        }
        List<String> parent = parent(entry, path.subList(0, path.size() - 1));
        if (entry.type() == TarEntry.GLOBAL_RECORDS) {
            return; // Only their parent directories are created, if there are any.
        }
        MemberCheck.check(entry);
        List<String> place = below(parent, path.get(path.size() - 1));
        if (entry.isDirectory()) {
            edit.directory(in(parent), last(place), TarNodes.directory(entry));
        } else if (entry.isLink()) {
            link(entry, place);
        } else {
            edit.put(in(parent), last(place), leaf(entry, member));
        }
    }

    private void destinationItself(TarEntry entry) throws IOException {
        if (entry.type() == TarEntry.GLOBAL_RECORDS) {
            return;
        }
        MemberCheck.check(entry);
        if (!entry.isDirectory()) {
            throw new StepException(
                    "'" + entry.name() + "' in the archive would take the place of the destination",
                    "pack it under a name");
        }
        if (destination.isEmpty()) {
            edit.root(TarNodes.directory(entry));
        } else {
            int last = destination.size() - 1;
            TreeEdit.Place above = directories(destination.subList(0, last));
            edit.directory(above, destination.get(last), TarNodes.directory(entry));
        }
    }

    /** Returns the path of the directory for a member, relative to the destination. Missing directories are created. */
    private List<String> parent(TarEntry entry, List<String> path) throws IOException {
        List<String> done = List.of();
        for (String name : path) {
            List<String> next = below(done, name);
            TreeNode found = find(next);
            if (found == null) {
                directories(inImage(next));
            } else if (found.kind() == TreeNode.Kind.SYMLINK) {
                next = linked(entry, next, done, found.target());
            } else if (!found.isDirectory()) {
                throw new StepException(
                        "'" + entry.name() + "' in the archive lies below '" + String.join("/", next)
                                + "', which is not a directory",
                        "remove one of them");
            }
            done = next;
        }
        return done;
    }

    private List<String> linked(TarEntry entry, List<String> link, List<String> directory, String target)
            throws IOException {
        List<String> reached = TreePath.directory(root(), directory, target);
        if (reached == null) {
            throw new StepException(
                    "'" + entry.name() + "' in the archive lies below '" + String.join("/", link)
                            + "', a symbolic link to '" + target
                            + "', which leads to no directory in the destination '/"
                            + String.join("/", destination) + "'",
                    "pack it where it belongs");
        }
        return reached;
    }

    private TreeNode leaf(TarEntry entry, Member member) throws IOException {
        TreeNode special = TarNodes.special(entry);
        if (special != null) {
            return special;
        }
        Content stored = new ArchiveContent(member.archive(), source, entry.name(), member.offset(), entry.size());
        SparseMap map = entry.map();
        return TarNodes.file(entry, map == null ? stored : new SparseMember(stored, map));
    }

    /** Adds a further name of a file. The mode, owner and attributes of the member apply to all names of the file. */
    private void link(TarEntry entry, List<String> place) throws IOException {
        List<String> target = target(entry);
        TreeNode file = target == null ? null : find(target);
        if (target == null || file == null || file.isDirectory() || target.equals(place)) {
            throw new StepException(
                    "'" + entry.name() + "' in the archive is a hard link to '" + entry.linkName()
                            + "', which is not an earlier file",
                    "pack that file before it, or pack it without hard links");
        }
        if (file.kind() != TreeNode.Kind.FILE) {
            put(inImage(place), file);
            return;
        }
        TreeNode changed =
                file.withAttributes(entry.mode(), TarNodes.owner(entry)).withExtended(entry.attributes());
        if (changed == file && file.content().linkIdentity() != null) {
            names.add(file, inImage(target), inImage(place));
            put(inImage(place), file);
        } else {
            changeAll(file, changed == file ? file.copyOfFile() : changed, inImage(target), inImage(place));
        }
    }

    private void changeAll(TreeNode file, TreeNode changed, List<String> target, List<String> place)
            throws IOException {
        List<List<String>> all = names.of(file, target);
        all.add(place);
        for (List<String> name : all) {
            put(name, changed);
        }
        names.put(changed, all);
    }

    private void put(List<String> path, TreeNode leaf) throws IOException {
        edit.put(directories(path.subList(0, path.size() - 1)), last(path), leaf);
    }

    /** Returns the path to which a hard link points, with links followed or, if that does not exist, not followed. */
    private @Nullable List<String> target(TarEntry entry) throws IOException {
        List<String> named = TreePath.clean(entry.linkName());
        List<String> followed = TreePath.follow(root(), named);
        return find(followed) != null ? followed : TreePath.followParent(root(), named);
    }

    private TreeNode root() throws IOException {
        TreeNode root = TreePath.find(edit.stage(), destination);
        if (root == null) {
            throw new IllegalStateException("/" + String.join("/", destination) + " is not there");
        }
        return root;
    }

    private @Nullable TreeNode find(List<String> path) throws IOException {
        return TreePath.find(root(), path);
    }

    private TreeEdit.Place in(List<String> path) throws IOException {
        return directories(inImage(path));
    }

    private TreeEdit.Place directories(List<String> path) throws IOException {
        return edit.directories(path, TreeNode.DIRECTORY_MODE, ownerOfParents);
    }

    private List<String> inImage(List<String> path) {
        List<String> whole = new ArrayList<>(destination);
        whole.addAll(path);
        return whole;
    }

    private static List<String> below(List<String> path, String name) {
        List<String> longer = new ArrayList<>(path);
        longer.add(name);
        return longer;
    }

    private static String last(List<String> path) {
        return path.get(path.size() - 1);
    }
}
