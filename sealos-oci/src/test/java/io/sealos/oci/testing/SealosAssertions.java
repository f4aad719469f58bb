package io.sealos.oci.testing;

import io.sealos.images.ImageDiff;
import io.sealos.images.ImageInventory;
import io.sealos.images.ImageLock;
import io.sealos.kubefile.Kubefile;
import io.sealos.layout.LayoutReport;
import io.sealos.oci.BuildPlan;
import io.sealos.oci.InspectedImage;
import io.sealos.oci.RegistryReport;
import java.nio.file.Path;

/**
 * The entry point for AssertJ assertions for cluster images. Import {@code assertThat} statically, in addition to that
 * of AssertJ.
 *
 * <pre>{@code
 * assertThat(ClusterImage.builder().context(dir).build().plan())
 *         .hasImages("registry.example/shop:1.0")
 *         .runs("kubectl apply -f manifests")
 *         .hasNoFindings();
 * }</pre>
 *
 * @since 0.1.0
 */
public final class SealosAssertions {
    private SealosAssertions() {}

    /**
     * {@return assertions for a build file}
     *
     * @param actual the build file
     */
    public static KubefileAssert assertThat(Kubefile actual) {
        return new KubefileAssert(actual);
    }

    /**
     * {@return assertions for an inventory}
     *
     * @param actual the inventory
     */
    public static InventoryAssert assertThat(ImageInventory actual) {
        return new InventoryAssert(actual);
    }

    /**
     * {@return assertions for a build plan}
     *
     * @param actual the plan
     */
    public static PlanAssert assertThat(BuildPlan actual) {
        return new PlanAssert(actual);
    }

    /**
     * {@return assertions for an image that was read back}
     *
     * @param actual the image
     */
    public static ImageAssert assertThat(InspectedImage actual) {
        return new ImageAssert(actual);
    }

    /**
     * {@return assertions for a lock}
     *
     * @param actual the lock
     */
    public static LockAssert assertThat(ImageLock actual) {
        return new LockAssert(actual);
    }

    /**
     * {@return assertions for the difference of two scans, plans or locks}
     *
     * @param actual the difference
     */
    public static DiffAssert assertThat(ImageDiff actual) {
        return new DiffAssert(actual);
    }

    /**
     * {@return assertions for what arrives at a site}
     *
     * @param actual the report of a {@link io.sealos.oci.RegistryVerifier}
     */
    public static ArrivalAssert assertThat(RegistryReport actual) {
        return new ArrivalAssert(actual);
    }

    /**
     * {@return assertions for a report of the layout rules}
     *
     * @param actual the report
     */
    public static ReportAssert assertThat(LayoutReport actual) {
        return new ReportAssert(actual);
    }

    /**
     * {@return assertions for an OCI layout}
     *
     * @param actual the directory of the layout
     */
    public static LayoutAssert assertThatLayout(Path actual) {
        return new LayoutAssert(actual);
    }
}
