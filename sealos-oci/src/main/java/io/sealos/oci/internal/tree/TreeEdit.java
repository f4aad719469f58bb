package io.sealos.oci.internal.tree;

import io.sealos.oci.internal.read.Whiteouts;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The changes of one step to the tree of its stage, which are also recorded as the tree of its layer. */
final class TreeEdit {
    private Place root;
    private final Budget budget;
    private boolean changed;

    TreeEdit(TreeNode stage, Budget budget) {
        this.budget = budget;
        this.root = new Place(stage, TreeNode.impliedDirectory());
    }

    /** Limits the total number of entries in the stages of a build, which doubles each time stages copy each other. */
    static final class Budget {
        private static final int MOST = 1_000_000;
        private long entries;

        void add(long more) {
            entries += more;
            if (entries > MOST) {
                throw new StepException(
                        "the stages have more than " + MOST + " files and directories together",
                        "copy less, or exclude files by .dockerignore");
            }
        }

        long entries() {
            return entries;
        }
    }

    /** A directory in both trees. */
    record Place(TreeNode stage, TreeNode layer) {}

    TreeNode stage() {
        return root.stage();
    }

    TreeNode layer() {
        return root.layer();
    }

    boolean changed() {
        return changed;
    }

    Place root() {
        return root;
    }

    /** Returns the directory with a path. Missing directories are created. */
    Place directories(List<String> path, int mode, Owner owner) throws IOException {
        Place place = root;
        for (String name : path) {
            TreeNode found = place.stage().children().get(name);
            if (found != null && !found.isDirectory()) {
                throw new StepException(
                        "the directory '/" + String.join("/", path) + "' cannot be made: '" + name
                                + "' already exists and is not a directory",
                        "choose another destination, or leave that file out");
            }
            place = found == null ? make(place, name, TreeNode.directory(mode, owner)) : enter(place, name, found);
        }
        return place;
    }

    /** Returns the directory with a name, with the attributes of another one. An entry of another kind is replaced. */
    Place directory(Place parent, String name, TreeNode like) throws IOException {
        TreeNode found = parent.stage().children().get(name);
        if (found == null || !found.isDirectory()) {
            return make(parent, name, like);
        }
        TreeNode stage = as(found, like);
        if (stage == found) {
            return enter(parent, name, found);
        }
        TreeNode layer = enter(parent, name, found).layer();
        return put(parent, name, stage, asWhole(layer, stage));
    }

    /** Sets the attributes of the root to those of a directory. */
    void root(TreeNode like) throws IOException {
        TreeNode stage = as(root.stage(), like);
        root = new Place(stage, asWhole(root.layer(), stage));
        changed = true;
    }

    private static TreeNode as(TreeNode found, TreeNode like) throws IOException {
        return found.withAttributes(like.mode(), like.owner()).withExtended(like.extendedAttributes());
    }

    /** Returns a directory of a layer with all attributes, including those that lower layers have set. */
    private static TreeNode asWhole(TreeNode layer, TreeNode stage) throws IOException {
        return layer.withAttributes(stage.mode(), stage.owner()).withExtended(stage.extendedAttributes());
    }

    /** Returns the directory with a name, unchanged if it exists. */
    Place parent(Place parent, String name, Owner owner) throws IOException {
        TreeNode found = parent.stage().children().get(name);
        if (found != null && found.isDirectory()) {
            return enter(parent, name, found);
        }
        return make(parent, name, TreeNode.directory(TreeNode.DIRECTORY_MODE, owner));
    }

    void put(Place parent, String name, TreeNode leaf) throws IOException {
        if (name.startsWith(Whiteouts.PREFIX)) {
            throw new StepException(
                    "'" + name + "' cannot be in a layer, where such a name deletes a file", "rename it or exclude it");
        }
        put(parent, name, leaf, leaf);
    }

    private Place make(Place parent, String name, TreeNode like) throws IOException {
        TreeNode replaced = parent.layer().children().get(name);
        TreeNode stage = TreeNode.directory(like.mode(), like.owner()).withExtended(like.extendedAttributes());
        TreeNode layer = stage.withoutChildren();
        if (replaced != null && !replaced.isDirectory()) {
            // The replaced entry may have hidden a directory, whose entries must not become visible again.
            layer.children()
                    .put(Whiteouts.OPAQUE, TreeNode.file(VirtualTree.FILE_MODE, TreeNode.ROOT, new EmptyContent()));
        }
        return put(parent, name, stage, layer);
    }

    private Place put(Place parent, String name, TreeNode stage, TreeNode layer) throws IOException {
        changed = true;
        budget.add(1);
        parent.stage().children().put(name, stage);
        parent.layer().children().put(name, layer);
        return new Place(stage, layer);
    }

    private static Place enter(Place parent, String name, TreeNode stage) throws IOException {
        @Nullable TreeNode known = parent.layer().children().get(name);
        if (known != null && known.isDirectory()) {
            return new Place(stage, known);
        }
        TreeNode implied = TreeNode.impliedDirectory();
        parent.layer().children().put(name, implied);
        return new Place(stage, implied);
    }
}
