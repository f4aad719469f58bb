package io.sealos.oci;

import io.sealos.kubefile.ContainerConfig;
import io.sealos.kubefile.Platform;
import io.sealos.kubefile.Stage;
import io.sealos.oci.internal.build.evaluate.BaseRequest;
import io.sealos.oci.internal.build.evaluate.PlatformEvaluation;
import io.sealos.oci.internal.tree.PlannedImage;
import java.io.IOException;
import java.util.List;
import java.util.Objects;

/**
 * The plan of a build for one platform. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class PlatformPlan {
    private final PlatformEvaluation evaluated;
    private final List<PlannedLayer> layers;

    private PlatformPlan(PlatformEvaluation evaluated, List<PlannedLayer> layers) {
        this.evaluated = evaluated;
        this.layers = List.copyOf(layers);
    }

    /** {@return the plan} A file with the path {@code saved} represents all images that will be saved. */
    static PlatformPlan of(PlatformEvaluation evaluated, PlannedImage plan, String saved) throws IOException {
        return new PlatformPlan(evaluated, PlannedLayer.of(plan, saved));
    }

    /** {@return the platform} */
    public Platform platform() {
        return evaluated.platform();
    }

    /** {@return the stages that are built} */
    public List<Stage> stages() {
        return evaluated.evaluation().stages();
    }

    /**
     * {@return the base images that have to be fetched, as the build file names them} Their contents are not part of
     * the plan: {@link #config()} does not have their values, and {@link #layers()} do not have the files copied from
     * them and the owners that are given by name.
     */
    public List<String> unreadBases() {
        return evaluated.missing().stream().map(BaseRequest::name).toList();
    }

    /** {@return the configuration of the image} */
    public ContainerConfig config() {
        return evaluated.evaluation().config();
    }

    /**
     * {@return the layers, the lowest first, without those of a base image} With {@link RegistryLayering#PER_IMAGE} one
     * of them stands for all layers of an instruction that copies saved images.
     */
    public List<PlannedLayer> layers() {
        return layers;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PlatformPlan that
                && platform().equals(that.platform())
                && stages().equals(that.stages())
                && unreadBases().equals(that.unreadBases())
                && layers.equals(that.layers);
    }

    @Override
    public int hashCode() {
        return Objects.hash(platform(), stages(), layers);
    }

    /** {@return the platform} */
    @Override
    public String toString() {
        return platform().toString();
    }
}
