package io.sealos.oci;

import io.sealos.images.ImageInventory;
import io.sealos.images.ImageReference;
import io.sealos.kubefile.ContainerConfig;
import io.sealos.kubefile.KubefileEvaluation;
import io.sealos.kubefile.Platform;
import io.sealos.kubefile.Stage;
import io.sealos.layout.Finding;
import java.util.List;

/**
 * What a build will do, known without network and without writing anything. Meant for unit tests of the projects that
 * ship cluster images, and for showing to people before a build.
 *
 * <p>Immutable and thread-safe.
 */
public final class BuildPlan {
    private final List<ImageReference> tags;
    private final List<Platform> platforms;
    private final KubefileEvaluation evaluation;
    private final List<String> layers;
    private final ImageInventory inventory;
    private final List<ImageReference> images;
    private final List<Finding> findings;

    BuildPlan(ClusterImage image) {
        this.tags = image.tags();
        this.platforms = image.platforms();
        this.evaluation = image.evaluation();
        this.layers = image.layerDescriptions();
        this.inventory = image.inventory();
        this.images = image.savesImages() ? inventory.references() : List.of();
        this.findings = image.report().findings();
    }

    /** {@return the names of the image, canonical} */
    public List<ImageReference> tags() {
        return tags;
    }

    /** {@return the platforms it is built for, in the order they were asked for} */
    public List<Platform> platforms() {
        return platforms;
    }

    /** {@return the stages that are built, of the first platform} */
    public List<Stage> stages() {
        return evaluation.stages();
    }

    /** {@return the configuration that the image will have, of the first platform} */
    public ContainerConfig config() {
        return evaluation.config();
    }

    /** {@return the instructions that make a layer each: {@code Kubefile:3: COPY registry registry}} */
    public List<String> layers() {
        return layers;
    }

    /** {@return the images that will be saved into {@code registry/}} */
    public List<ImageReference> images() {
        return images;
    }

    /** {@return every image that was found, with place and reason} */
    public ImageInventory inventory() {
        return inventory;
    }

    /** {@return what the layout rules have to say} */
    public List<Finding> findings() {
        return findings;
    }
}
