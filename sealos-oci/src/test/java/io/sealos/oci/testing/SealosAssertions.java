package io.sealos.oci.testing;

import io.sealos.images.ImageInventory;
import io.sealos.kubefile.Kubefile;
import io.sealos.oci.BuildPlan;
import io.sealos.oci.InspectedImage;
import java.nio.file.Path;

/**
 * Where AssertJ assertions on cluster images begin; import {@code assertThat} statically, next to AssertJ's own.
 *
 * <pre>{@code
 * assertThat(ClusterImage.builder().context(dir).build().plan())
 *         .savesImages("registry.example/shop:1.0")
 *         .runs("kubectl apply -f manifests")
 *         .hasNoFindings();
 * }</pre>
 */
public final class SealosAssertions {
    private SealosAssertions() {}

    /**
     * {@return assertions on a build file}
     *
     * @param actual what is looked at
     */
    public static KubefileAssert assertThat(Kubefile actual) {
        return new KubefileAssert(actual);
    }

    /**
     * {@return assertions on what a scan found}
     *
     * @param actual what is looked at
     */
    public static InventoryAssert assertThat(ImageInventory actual) {
        return new InventoryAssert(actual);
    }

    /**
     * {@return assertions on what would be built}
     *
     * @param actual what is looked at
     */
    public static PlanAssert assertThat(BuildPlan actual) {
        return new PlanAssert(actual);
    }

    /**
     * {@return assertions on an image that was read back}
     *
     * @param actual what is looked at
     */
    public static ImageAssert assertThat(InspectedImage actual) {
        return new ImageAssert(actual);
    }

    /**
     * {@return assertions on the OCI layout in that directory}
     *
     * @param actual the directory
     */
    public static LayoutAssert assertThatLayout(Path actual) {
        return new LayoutAssert(actual);
    }
}
