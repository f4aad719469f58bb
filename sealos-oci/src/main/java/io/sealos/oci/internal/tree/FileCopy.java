package io.sealos.oci.internal.tree;

import io.sealos.oci.internal.recipe.CopyRecipe;
import io.sealos.oci.internal.recipe.ExcludedPaths;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Executes COPY and ADD with the semantics of buildah 1.30. */
final class FileCopy {
    private final CopyRecipe recipe;
    private final SourceTree from;
    private final TreeEdit edit;
    private final Archives archives;
    private final Attributes attributes;
    /** The files of the current source that have several names. Only used for lookups. */
    private final Map<Object, TreeNode> linked = new HashMap<>();

    FileCopy(CopyRecipe recipe, SourceTree from, TreeEdit edit, Archives archives) throws IOException {
        this.recipe = recipe;
        this.from = from;
        this.edit = edit;
        this.archives = archives;
        this.attributes = new Attributes(Attributes.parseMode(recipe.chmod()), owner(recipe.chown(), edit.stage()));
    }

    /**
     * The tree in which sources are looked up.
     *
     * @param root the root of the tree
     * @param ignored the ignore rules
     * @param name the name of the tree for messages
     * @param fix the fix for a source that does not exist
     */
    record SourceTree(TreeNode root, ExcludedPaths ignored, String name, String fix) {}

    /** Checks what does not depend on the files of the stage: the mode and the sources. */
    static void checkSources(CopyRecipe recipe, SourceTree from) throws IOException {
        Attributes.parseMode(recipe.chmod());
        new Sources(from).find(recipe.sources());
    }

    void run() throws IOException {
        List<Source> sources = new Sources(from).find(recipe.sources());
        boolean many = sources.size() > 1 || recipe.sources().size() > 1;
        boolean intoDirectory = recipe.destination().endsWith("/") || many || bringsDirectory(sources.get(0));
        boolean isFile = sources.get(0).node().kind() == TreeNode.Kind.FILE;
        Destination destination = destination(intoDirectory, isFile);
        for (Source source : sources) {
            if (!source.excluded()) {
                copy(source, destination);
            }
        }
    }

    private boolean bringsDirectory(Source source) throws IOException {
        return source.node().isDirectory() || isArchive(source);
    }

    private boolean isArchive(Source source) throws IOException {
        return recipe.add()
                && source.node().kind() == TreeNode.Kind.FILE
                && archives.isArchive(source.node().content());
    }

    /** A destination, which is a directory and, if the source is renamed, a name. */
    private record Destination(
            List<String> path,
            TreeEdit.Place place,
            @Nullable String rename) {}

    /**
     * Returns the destination. Only a regular file is renamed. A FIFO or a device is copied into a directory of that
     * name.
     */
    private Destination destination(boolean intoDirectory, boolean isOrdinary) throws IOException {
        List<String> named = TreePath.clean(recipe.destination());
        List<String> path = TreePath.follow(edit.stage(), named);
        TreeNode existing = TreePath.find(edit.stage(), path);
        boolean isFile = existing != null && existing.kind() == TreeNode.Kind.FILE;
        if (existing != null && !existing.isDirectory() && (intoDirectory || !isFile)) {
            throw new StepException(
                    "the destination '" + recipe.destination() + "' already exists and is not a directory",
                    "choose another destination, or leave that file out");
        }
        // A broken link is treated as a directory.
        boolean isNew =
                existing == null && TreePath.find(edit.stage(), TreePath.followParent(edit.stage(), named)) == null;
        if (intoDirectory || !(isFile || (isNew && isOrdinary))) {
            return new Destination(path, directories(path), null);
        }
        int last = named.size() - 1;
        List<String> parent = TreePath.follow(edit.stage(), named.subList(0, last));
        return new Destination(parent, directories(parent), named.get(last));
    }

    private TreeEdit.Place directories(List<String> path) throws IOException {
        return edit.directories(path, TreeNode.DIRECTORY_MODE, attributes.ownerOfParents());
    }

    private void copy(Source source, Destination destination) throws IOException {
        linked.clear();
        TreeNode node = source.node();
        if (node.isDirectory()) {
            Branch branch = new Branch(null, "", destination.place(), null);
            copyContents(node, String.join("/", source.resolved()), branch);
        } else if (isArchive(source)) {
            unpack(source, destination);
        } else {
            String name = destination.rename() == null ? source.name() : destination.rename();
            edit.put(destination.place(), name, leaf(node));
        }
    }

    /** Returns the entry to add. Hard links within one source remain hard links. */
    private TreeNode leaf(TreeNode node) {
        TreeNode leaf = attributes.applyTo(node);
        Object identity = leaf.kind() == TreeNode.Kind.FILE ? leaf.content().linkIdentity() : null;
        return identity == null ? leaf : linked.computeIfAbsent(identity, first -> leaf.copyOfFile());
    }

    private void unpack(Source source, Destination destination) throws IOException {
        Content content = source.node().content();
        Path tar = archives.plainTar(content);
        if (tar != null) {
            new ArchiveUnpacker(edit, destination.path(), attributes.ownerOfParents(), content).unpack(tar);
        }
    }

    private void copyContents(TreeNode directory, String path, Branch into) throws IOException {
        for (Map.Entry<String, TreeNode> entry : directory.children().entrySet()) {
            String name = entry.getKey();
            String below = path.isEmpty() ? name : path + "/" + name;
            boolean excluded = from.ignored().isExcluded(below);
            if (entry.getValue().isDirectory()) {
                copyDirectory(entry.getValue(), below, new Branch(into, name, null, entry.getValue()), excluded);
            } else if (!excluded) {
                edit.put(into.place(), name, leaf(entry.getValue()));
            }
        }
    }

    private void copyDirectory(TreeNode directory, String path, Branch into, boolean excluded) throws IOException {
        if (!excluded) {
            into.make();
        } else if (!from.ignored().mayIncludeBelow(path)) {
            return;
        }
        copyContents(directory, path, into);
    }

    private static @Nullable Owner owner(@Nullable String chown, TreeNode stage) throws IOException {
        if (chown == null || chown.isEmpty()) {
            return null;
        }
        Owner owner = new OwnerNames(stage).find(chown);
        if (owner == null) {
            throw new StepException(
                    "--chown=" + chown + " names a user or group that /etc/passwd and /etc/group of the"
                            + " image do not have",
                    "write numbers, such as 1000:1000");
        }
        return owner;
    }

    /** An excluded directory, which is created when something is copied into it. */
    private final class Branch {
        private final @Nullable Branch parent;
        private final String name;
        private TreeEdit.@Nullable Place place;
        private final @Nullable TreeNode source;

        Branch(@Nullable Branch parent, String name, TreeEdit.@Nullable Place place, @Nullable TreeNode source) {
            this.parent = parent;
            this.name = name;
            this.place = place;
            this.source = source;
        }

        void make() throws IOException {
            if (parent != null && source != null) {
                TreeNode like = TreeNode.directory(attributes.modeOf(source), attributes.ownerOf(source));
                place = edit.directory(parent.place(), name, like.withExtended(source.extendedAttributes()));
            }
        }

        TreeEdit.Place place() throws IOException {
            TreeEdit.Place known = place;
            if (known == null && parent != null) {
                known = edit.parent(parent.place(), name, attributes.ownerOfParents());
                place = known;
            }
            if (known == null) {
                throw new IllegalStateException("the root of a copy has a place");
            }
            return known;
        }
    }

    /**
     * A match of a source pattern.
     *
     * @param path the matching path
     * @param resolved the path with links followed
     * @param node the entry
     * @param excluded whether the ignore rules exclude it
     */
    record Source(List<String> path, List<String> resolved, TreeNode node, boolean excluded) {
        String name() {
            return path.isEmpty() ? "" : path.get(path.size() - 1);
        }
    }
}
