package io.sealos.oci.internal.build.merge;

import io.sealos.kubefile.ContainerConfig;
import io.sealos.kubefile.Platform;
import io.sealos.oci.MergeConflict;
import io.sealos.oci.internal.build.evaluate.StoredConfig;
import io.sealos.oci.internal.delta.DeltaFiles;
import io.sealos.oci.internal.inspect.FoundImage;
import io.sealos.oci.internal.layout.CopiedImage;
import io.sealos.oci.internal.layout.ImageDocuments;
import io.sealos.oci.internal.layout.StoredDocument;
import io.sealos.oci.internal.recipe.BaseHistory;
import io.sealos.oci.internal.store.ImageProblemException;
import io.sealos.oci.internal.tree.MergedLayer;
import io.sealos.oci.internal.tree.MergedTree;
import io.sealos.oci.internal.tree.PlannedStep;
import io.sealos.oci.internal.tree.ScannedLayer;
import io.sealos.oci.internal.tree.Scratch;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** The merge of images for one platform. Its images can be read until their sources are closed. */
public final class PlatformMerge {
    private final Platform platform;
    private final List<FoundImage> images;
    private final List<Integer> preferred;
    private final List<ContainerConfig> configs;
    private final ContainerConfig config;
    private final Map<String, String> annotations;
    private final MergedTree tree;

    private PlatformMerge(Platform platform, List<FoundImage> images, List<Integer> preferred, MergedTree tree) {
        this.platform = platform;
        this.images = List.copyOf(images);
        this.preferred = List.copyOf(preferred);
        this.tree = tree;
        this.configs = images.stream()
                .map(image -> StoredConfig.read(image.image().config()))
                .toList();
        this.config = new MergedConfig(configs, preferred).merged();
        this.annotations = MergedConfig.merge(
                MergedConfig.ranked(images.stream().map(FoundImage::annotations).toList(), preferred));
    }

    /**
     * Reads and merges images.
     *
     * @param preferred the positions of the images that win over all others, the strongest last
     */
    public static PlatformMerge of(Platform platform, List<FoundImage> images, List<Integer> preferred, Scratch scratch)
            throws IOException {
        for (FoundImage image : images) {
            image.requireSha256();
            requireFull(image);
        }
        MergedTree tree = MergedTree.of(images.stream().map(FoundImage::image).toList(), preferred, scratch);
        return new PlatformMerge(platform, images, preferred, tree);
    }

    private static void requireFull(FoundImage image) throws IOException {
        if (DeltaFiles.isDelta(image.image().config())) {
            throw new ImageProblemException(
                    image.image().name() + " is a delta image, which cannot be merged",
                    "create the full image from the delta and its base (ClusterImage.combine), and merge that");
        }
    }

    public Platform platform() {
        return platform;
    }

    /** {@return the configuration of the merged image} */
    public ContainerConfig config() {
        return config;
    }

    private Differences differences() throws IOException {
        List<String> names = images.stream().map(image -> image.image().name()).toList();
        return new Differences(platform, names, preferred).tags(tree);
    }

    /** {@return the tags for which the images have several digests} */
    public List<MergeConflict> tagConflicts() throws IOException {
        return differences().found();
    }

    /** {@return everything in which the images differ} */
    public List<MergeConflict> conflicts() throws IOException {
        return differences()
                .configs(configs, config)
                .annotations(images.stream().map(FoundImage::annotations).toList(), annotations)
                .files(tree)
                .found();
    }

    /** {@return the layers that have to be written, in their order} */
    public List<PlannedStep> steps() {
        return tree.layers().stream().flatMap(layer -> layer.written().stream()).toList();
    }

    /**
     * {@return the merged image}
     *
     * @param written the layers of {@link #steps}, in this order
     * @param createdEpochSecond the time of the image, in seconds since 1970
     */
    public CopiedImage image(List<ScannedLayer> written, long createdEpochSecond) throws IOException {
        Deque<ScannedLayer> next = new ArrayDeque<>(written);
        List<ScannedLayer> layers = new ArrayList<>();
        for (MergedLayer layer : tree.layers()) {
            layers.add(layer.kept().isPresent() ? layer.kept().get() : next.removeFirst());
        }
        String created = Instant.ofEpochSecond(createdEpochSecond).toString();
        StoredDocument document = ImageDocuments.config(platform, config, created, layers, history(created));
        return CopiedImage.of(platform, document, layers, annotations);
    }

    private List<BaseHistory> history(String created) {
        List<BaseHistory> history = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            history.addAll(withoutLayers(images.get(i).image().history(), tree.sharedLayers(i)));
        }
        tree.layers().stream()
                .filter(layer -> layer.image() == MergedLayer.NONE)
                .flatMap(layer -> layer.written().stream())
                .forEach(step -> history.add(new BaseHistory(created, step.description(), "", "", false)));
        return history;
    }

    /** {@return a history without the entries up to that of the last of the given number of layers} */
    private static List<BaseHistory> withoutLayers(List<BaseHistory> history, int layers) {
        int left = layers;
        int first = 0;
        while (left > 0) {
            left -= history.get(first).emptyLayer() ? 0 : 1;
            first++;
        }
        return history.subList(first, history.size());
    }
}
