package io.sealos.oci;

import io.sealos.kubefile.ContainerConfig;
import io.sealos.kubefile.Platform;
import io.sealos.kubefile.Stage;
import java.util.List;

/** What a build will make for one platform. Immutable. */
public final class PlatformPlan {
    private final PlatformEvaluation evaluated;
    private final List<PlannedLayer> layers;

    PlatformPlan(PlatformEvaluation evaluated, List<PlannedLayer> layers) {
        this.evaluated = evaluated;
        this.layers = List.copyOf(layers);
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
     * {@return the base images that were not read yet, because they have to be fetched, as the build file names them}
     * Until {@link ClusterImage#writeTo} has done so, {@link #config()} is without what they bring, {@link #layers()}
     * are as if they had no files, and what is copied out of them, and owners by name, are missing.
     */
    public List<String> unreadBases() {
        return evaluated.missing().stream().map(BaseRequest::name).toList();
    }

    /** {@return the configuration that the image will have} */
    public ContainerConfig config() {
        return evaluated.evaluation().config();
    }

    /** {@return the layers, the lowest first, without those of a base image} */
    public List<PlannedLayer> layers() {
        return layers;
    }

    /** {@return the platform} */
    @Override
    public String toString() {
        return platform().toString();
    }
}
