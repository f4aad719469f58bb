package io.sealos.oci.internal.tree;

import io.sealos.internal.files.PlacedException;
import io.sealos.oci.internal.recipe.BaseImage;
import io.sealos.oci.internal.recipe.CopyRecipe;
import io.sealos.oci.internal.recipe.ExcludedPaths;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The files of several finished images in one, as if the images were copied over each other in their order. Their
 * layers are kept in this order. A layer is written again only if it deletes files of another image, and a last layer
 * is added if files are still not those of the copies, such as a file of a shared layer that another image has changed.
 */
public final class MergedTree {
    /** The instruction of the last layer in the history. */
    public static final String LAST_LAYER = "MERGE the files that the layers of one image hide from another";

    private final List<ReadImage> images;
    private final List<ReadImage> preferred;
    private final Scratch scratch;
    private final List<MergedLayer> layers = new ArrayList<>();
    /** The paths at which images have different entries, sorted. */
    private final SortedSet<String> differences = new TreeSet<>();

    private MergedTree(List<ReadImage> images, List<ReadImage> preferred, Scratch scratch) {
        this.images = images;
        this.preferred = preferred;
        this.scratch = scratch;
    }

    /**
     * Merges images, of which there is at least one.
     *
     * @param preferred the positions of the images that are copied again after all others, in this order
     */
    public static MergedTree of(List<BaseImage> images, List<Integer> preferred, Scratch scratch) throws IOException {
        List<ReadImage> read = new ArrayList<>();
        for (BaseImage image : images) {
            read.add(ReadImage.read(image, read, scratch));
        }
        MergedTree merged =
                new MergedTree(read, preferred.stream().map(read::get).toList(), scratch);
        merged.merge();
        return merged;
    }

    private void merge() throws IOException {
        TreeNode wanted = TreeNode.directory(TreeNode.DIRECTORY_MODE, TreeNode.ROOT);
        TreeNode stacked = TreeNode.directory(TreeNode.DIRECTORY_MODE, TreeNode.ROOT);
        for (int i = 0; i < images.size(); i++) {
            ReadImage image = images.get(i);
            stack(i, wanted, stacked);
            compare(wanted, image.root(), "");
            copy(image, wanted);
        }
        for (ReadImage image : preferred) {
            copy(image, wanted);
        }
        TreeNode last = TreeDiff.between(stacked, wanted);
        if (last != null) {
            layers.add(MergedLayer.added(new PlannedStep(LAST_LAYER, null, last)));
        } else if (layers.isEmpty()) {
            // The image specification requires a layer, and some readers fail without one.
            layers.add(MergedLayer.added(new PlannedStep("FROM scratch", null, TreeNode.impliedDirectory())));
        }
    }

    /** Lays the layers of an image that an earlier image does not share over the layers so far. */
    private void stack(int position, TreeNode others, TreeNode stacked) throws IOException {
        ReadImage image = images.get(position);
        for (int i = sharedLayers(position); i < image.layers().size(); i++) {
            ReadLayer layer = image.layers().get(i);
            TreeNode entries = layer.entries().root();
            TreeNode changed = KeptFiles.without(entries, others);
            layers.add(MergedLayer.of(position, i, layer.layer(), changed));
            LayerOverlay.lay(changed == null ? entries : changed, stacked);
        }
    }

    /** {@return the number of lowest layers of an image that an earlier image has as its lowest layers} */
    public int sharedLayers(int position) {
        ReadImage image = images.get(position);
        if (image.linksBelow()) {
            return 0;
        }
        return images.subList(0, position).stream()
                .mapToInt(image::shared)
                .max()
                .orElse(0);
    }

    private void copy(ReadImage image, TreeNode onto) throws IOException {
        if (image.root().children().isEmpty()) {
            return;
        }
        CopyRecipe recipe = CopyRecipe.copy(List.of("."), "/", "COPY --from=" + image.image() + " . .");
        TreeEdit edit = new TreeEdit(onto, new TreeEdit.Budget());
        FileCopy.SourceTree source = new FileCopy.SourceTree(
                image.root(), ExcludedPaths.NONE, "the image " + image.image(), "correct the path");
        try {
            new FileCopy(recipe, source, edit, new Archives(scratch)).run();
        } catch (StepException e) {
            throw PlacedException.at(image.image(), " cannot be merged: " + e.problem() + "; " + e.fix(), e);
        }
    }

    /** Finds the paths at which an image has other entries than the images before it. */
    private void compare(TreeNode before, TreeNode image, String prefix) throws IOException {
        for (Map.Entry<String, TreeNode> entry : image.children().entrySet()) {
            TreeNode known = before.children().get(entry.getKey());
            if (known != null) {
                compare(known, entry.getValue(), prefix, entry.getKey());
            }
        }
    }

    private void compare(TreeNode known, TreeNode entry, String prefix, String name) throws IOException {
        if (!TreeDiff.isSame(known, entry)) {
            differences.add(prefix + name);
        }
        if (known.isDirectory() && entry.isDirectory()) {
            compare(known, entry, prefix + name + "/");
        }
    }

    /** {@return the layers of the merged image, the lowest first} */
    public List<MergedLayer> layers() {
        return List.copyOf(layers);
    }

    /** {@return the paths at which images may have different entries, sorted; the contents of files may be equal} */
    public SortedSet<String> differingPaths() {
        return new TreeSet<>(differences);
    }

    /** {@return the entries of the images at a path, in the order of the images} */
    public List<MergedEntry> entries(String path) throws IOException {
        return entries(path, MergedEntry::of);
    }

    /** {@return the texts of the small files of the images at a path, in the order of the images} */
    public List<MergedEntry> texts(String path) throws IOException {
        return entries(path, MergedEntry::ofText);
    }

    /** Describes the entry of an image. */
    private interface Description {
        MergedEntry of(int image, TreeNode node) throws IOException;
    }

    private List<MergedEntry> entries(String path, Description description) throws IOException {
        List<MergedEntry> entries = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            @Nullable TreeNode node = TreePath.find(images.get(i).root(), TreePath.clean(path));
            if (node != null) {
                entries.add(description.of(i, node));
            }
        }
        return entries;
    }
}
