package io.sealos.oci.internal.layout;

import io.sealos.oci.BuildListener;
import io.sealos.oci.internal.layer.LayerOptions;
import io.sealos.oci.internal.recipe.ImageRecipe;
import io.sealos.oci.internal.tree.PlannedImage;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The image that a target writes. Immutable.
 *
 * @param recipes the recipes, one for each platform; several recipes result in an index
 * @param tags the canonical names, such as {@code docker.io/labring/nginx:v1.23.1}
 * @param layers the options for layers
 * @param plans the plans, one for each recipe; empty if they are not known yet
 * @param listener the listener
 * @param delta the bases of a delta image; null for a full image
 * @param content the image if it exists already; null if it is created from the recipes
 */
public record ImageRequest(
        List<ImageRecipe> recipes,
        List<String> tags,
        LayerOptions layers,
        List<PlannedImage> plans,
        BuildListener listener,
        @Nullable DeltaRequest delta,
        @Nullable StoredContent content) {
    public ImageRequest {
        recipes = List.copyOf(recipes);
        tags = List.copyOf(tags);
        plans = List.copyOf(plans);
        if (recipes.isEmpty() && content == null) {
            throw new IllegalArgumentException("there is no image to write");
        }
        if (recipes.stream().map(ImageRecipe::createdEpochSecond).distinct().count() > 1) {
            throw new IllegalArgumentException("the platforms of one image carry one time");
        }
    }

    public ImageRequest(List<ImageRecipe> recipes, List<String> tags, LayerOptions layers) {
        this(recipes, tags, layers, List.of(), BuildListener.NONE, null, null);
    }

    /** {@return a request for an image that exists already} */
    public static ImageRequest of(StoredContent content, List<String> tags) {
        return new ImageRequest(List.of(), tags, LayerOptions.DEFAULT, List.of(), BuildListener.NONE, null, content);
    }

    public static ImageRequest of(ImageRecipe recipe, String... tags) {
        return new ImageRequest(List.of(recipe), List.of(tags), LayerOptions.DEFAULT);
    }

    ImageRequest withRecipes(List<ImageRecipe> others) {
        return new ImageRequest(others, tags, layers, plans, listener, delta, content);
    }

    public ImageRequest withTags(List<String> names) {
        return new ImageRequest(recipes, names, layers, plans, listener, delta, content);
    }

    public ImageRequest withLayers(LayerOptions options) {
        return new ImageRequest(recipes, tags, options, plans, listener, delta, content);
    }

    /** {@return this request with the given plans} */
    public ImageRequest withPlans(List<PlannedImage> known) {
        return new ImageRequest(recipes, tags, layers, known, listener, delta, content);
    }

    /** {@return this request with a listener} */
    public ImageRequest withListener(BuildListener other) {
        return new ImageRequest(recipes, tags, layers, plans, other, delta, content);
    }

    /** {@return this request for a delta image} */
    public ImageRequest withDelta(DeltaRequest bases) {
        return new ImageRequest(recipes, tags, layers, plans, listener, bases, content);
    }

    /** {@return the time of the image and of every file in it, in seconds since 1970} */
    long createdEpochSecond() {
        return recipes.get(0).createdEpochSecond();
    }

    /** {@return the annotations that the manifests of all platforms have in common} */
    SortedMap<String, String> annotations() {
        SortedMap<String, String> common = new TreeMap<>(recipes.get(0).annotations());
        recipes.forEach(
                recipe -> common.entrySet().retainAll(recipe.annotations().entrySet()));
        return common;
    }
}
