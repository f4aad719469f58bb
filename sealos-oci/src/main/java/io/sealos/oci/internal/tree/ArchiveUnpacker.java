package io.sealos.oci.internal.tree;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarFile;

/** Puts the members of an archive into a tree, as tar unpacks them with the destination as its root. */
final class ArchiveUnpacker {
    private final TreeEdit edit;
    private final List<String> destination;
    private final Content source;

    ArchiveUnpacker(TreeEdit edit, List<String> destination, Content source) {
        this.edit = edit;
        this.destination = destination;
        this.source = source;
    }

    void unpack(Path archive) throws IOException {
        try (TarFile tar = new TarFile(archive, "UTF-8")) {
            for (TarArchiveEntry entry : tar.getEntries()) {
                put(archive, entry);
            }
        } catch (IOException e) {
            throw new StepException("'" + archive.getFileName() + "' cannot be unpacked: " + e.getMessage());
        }
    }

    private void put(Path archive, TarArchiveEntry entry) throws IOException {
        List<String> path = TreePath.followParent(edit.stage(), inDestination(entry.getName()));
        if (path.isEmpty()) {
            return;
        }
        int last = path.size() - 1;
        TreeEdit.Place parent = edit.directories(path.subList(0, last), TreeNode.DIRECTORY_MODE, TreeNode.ROOT);
        if (entry.isDirectory()) {
            edit.directory(parent, path.get(last), TarNodes.mode(entry), TarNodes.owner(entry));
        } else {
            edit.put(parent, path.get(last), leaf(archive, entry));
        }
    }

    private TreeNode leaf(Path archive, TarArchiveEntry entry) throws IOException {
        TreeNode special = TarNodes.special(entry);
        if (special != null) {
            return special;
        }
        if (entry.isLink()) {
            return linked(entry);
        }
        if (entry.isSparse()) {
            throw new StepException(
                    "'" + entry.getName() + "' in the archive is a sparse file; pack it without --sparse");
        }
        Content content = new ArchiveContent(archive, source, entry.getName(), entry.getDataOffset(), entry.getSize());
        return TreeNode.file(TarNodes.mode(entry), TarNodes.owner(entry), content);
    }

    private TreeNode linked(TarArchiveEntry entry) throws IOException {
        List<String> path = TreePath.followParent(edit.stage(), inDestination(entry.getLinkName()));
        TreeNode target = TreePath.find(edit.stage(), path);
        if (target == null || target.isDirectory()) {
            throw new StepException("'" + entry.getName() + "' in the archive is a hard link to '" + entry.getLinkName()
                    + "', which is no file before it");
        }
        return target;
    }

    private List<String> inDestination(String member) {
        List<String> path = new ArrayList<>(destination);
        path.addAll(TreePath.clean(member));
        return path;
    }
}
