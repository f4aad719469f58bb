package io.sealos.oci.internal.layout;

import io.sealos.oci.internal.layer.LayerOptions;
import io.sealos.oci.internal.recipe.ImageRecipe;
import java.util.List;

/**
 * What a target is asked to write.
 *
 * @param recipes one for each platform; more than one make an index
 * @param tags canonical names, such as {@code docker.io/labring/nginx:v1.23.1}
 */
public record ImageRequest(List<ImageRecipe> recipes, List<String> tags, LayerOptions layers) {
    public ImageRequest {
        recipes = List.copyOf(recipes);
        tags = List.copyOf(tags);
        if (recipes.isEmpty()) {
            throw new IllegalArgumentException("there is no image to write");
        }
    }

    public static ImageRequest of(ImageRecipe recipe, String... tags) {
        return new ImageRequest(List.of(recipe), List.of(tags), LayerOptions.DEFAULT);
    }

    public ImageRequest withLayers(LayerOptions options) {
        return new ImageRequest(recipes, tags, options);
    }
}
