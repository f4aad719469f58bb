package io.sealos.oci.internal.layout;

import io.sealos.kubefile.Platform;
import io.sealos.oci.BuildListener;
import io.sealos.oci.internal.layer.LayerOptions;
import io.sealos.oci.internal.recipe.ImageRecipe;
import io.sealos.oci.internal.tree.PlannedImage;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The image that a target writes: an image that is built from recipes, one that is copied, or one whose blobs are
 * written by other means. Several platforms result in an index. Immutable.
 *
 * @param recipes the recipes, one for each platform; empty for an image that is copied
 * @param copied the existing images, one for each platform; empty for an image that is built
 * @param tags the canonical names, such as {@code docker.io/labring/nginx:v1.23.1}
 * @param layers the options for layers
 * @param plans the plans, one for each recipe; empty if they are not known yet
 * @param listener the listener
 * @param delta the bases of a delta image; null for a full image
 * @param content the image if its blobs are written by other means; otherwise null
 * @param documents the documents to attach to the image; null for none
 * @param describer writes documents about an image that is built
 */
public record ImageRequest(
        List<ImageRecipe> recipes,
        List<CopiedImage> copied,
        List<String> tags,
        LayerOptions layers,
        List<PlannedImage> plans,
        BuildListener listener,
        @Nullable DeltaRequest delta,
        @Nullable StoredContent content,
        @Nullable DocumentRequest documents,
        ImageDescriber describer) {
    public ImageRequest {
        recipes = List.copyOf(recipes);
        copied = List.copyOf(copied);
        tags = List.copyOf(tags);
        plans = List.copyOf(plans);
        long forms = Stream.of(!recipes.isEmpty(), !copied.isEmpty(), content != null)
                .filter(it -> it)
                .count();
        if (forms != 1) {
            throw new IllegalArgumentException("an image is built, copied or written by other means");
        }
        if (recipes.stream().map(ImageRecipe::createdEpochSecond).distinct().count() > 1) {
            throw new IllegalArgumentException("the platforms of one image carry one time");
        }
    }

    public ImageRequest(List<ImageRecipe> recipes, List<String> tags, LayerOptions layers) {
        this(recipes, List.of(), tags, layers, List.of(), BuildListener.NONE, null, null, null, ImageDescriber.NONE);
    }

    public static ImageRequest of(ImageRecipe recipe, String... tags) {
        return new ImageRequest(List.of(recipe), List.of(tags), LayerOptions.DEFAULT);
    }

    /** {@return a request to copy an image} */
    public static ImageRequest copyOf(List<CopiedImage> images, List<String> tags) {
        return new ImageRequest(
                List.of(),
                images,
                tags,
                LayerOptions.DEFAULT,
                List.of(),
                BuildListener.NONE,
                null,
                null,
                null,
                ImageDescriber.NONE);
    }

    /** {@return a request for an image whose blobs are written by other means} */
    public static ImageRequest of(StoredContent content, List<String> tags) {
        return new ImageRequest(
                List.of(),
                List.of(),
                tags,
                LayerOptions.DEFAULT,
                List.of(),
                BuildListener.NONE,
                null,
                content,
                null,
                ImageDescriber.NONE);
    }

    ImageRequest withRecipes(List<ImageRecipe> others) {
        return new ImageRequest(others, copied, tags, layers, plans, listener, delta, content, documents, describer);
    }

    /** {@return this request for a delta image} */
    public ImageRequest withDelta(DeltaRequest bases) {
        return new ImageRequest(recipes, copied, tags, layers, plans, listener, bases, content, documents, describer);
    }

    public ImageRequest withTags(List<String> names) {
        return new ImageRequest(recipes, copied, names, layers, plans, listener, delta, content, documents, describer);
    }

    public ImageRequest withLayers(LayerOptions options) {
        return new ImageRequest(recipes, copied, tags, options, plans, listener, delta, content, documents, describer);
    }

    /** {@return this request with the given plans} */
    public ImageRequest withPlans(List<PlannedImage> known) {
        return new ImageRequest(recipes, copied, tags, layers, known, listener, delta, content, documents, describer);
    }

    /** {@return this request with a listener} */
    public ImageRequest withListener(BuildListener other) {
        return new ImageRequest(recipes, copied, tags, layers, plans, other, delta, content, documents, describer);
    }

    /** {@return this request with documents that are attached to the image} */
    public ImageRequest withDocuments(@Nullable DocumentRequest attached) {
        return new ImageRequest(recipes, copied, tags, layers, plans, listener, delta, content, attached, describer);
    }

    /** {@return this request with a writer of documents about the image} */
    public ImageRequest withDescriber(ImageDescriber other) {
        return new ImageRequest(recipes, copied, tags, layers, plans, listener, delta, content, documents, other);
    }

    /** {@return the platforms, in the order of the index} */
    public List<Platform> platforms() {
        return recipes.isEmpty()
                ? copied.stream().map(CopiedImage::platform).toList()
                : recipes.stream().map(ImageRecipe::platform).toList();
    }

    /** {@return the time of the image and of every file in it, in seconds since 1970} */
    long createdEpochSecond() {
        return recipes.get(0).createdEpochSecond();
    }

    /** {@return the annotations that the manifests of all platforms have in common} */
    SortedMap<String, String> annotations() {
        List<SortedMap<String, String>> all = recipes.isEmpty()
                ? copied.stream().map(CopiedImage::annotations).toList()
                : recipes.stream().map(ImageRecipe::annotations).toList();
        SortedMap<String, String> common = new TreeMap<>(all.get(0));
        all.forEach(one -> common.entrySet().retainAll(one.entrySet()));
        return common;
    }
}
