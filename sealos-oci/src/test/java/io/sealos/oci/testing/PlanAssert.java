package io.sealos.oci.testing;

import io.sealos.kubefile.SealosRuntime;
import io.sealos.layout.Finding;
import io.sealos.oci.BuildPlan;
import io.sealos.oci.PlannedFile;
import java.util.List;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/**
 * Assertions for {@link BuildPlan}. Names of images may have any form, such as {@code nginx:1.25}; {@code nginx} is
 * {@code nginx:latest}.
 *
 * @since 0.1.0
 */
public final class PlanAssert extends AbstractAssert<PlanAssert, BuildPlan> {
    PlanAssert(BuildPlan actual) {
        super(actual, PlanAssert.class);
    }

    /**
     * Verifies that exactly the given images will be saved, in any order.
     *
     * @param references the names of the images
     * @return this assertion object
     */
    public PlanAssert hasImages(String... references) {
        isNotNull();
        Assertions.assertThat(ImageNames.tagged(actual.images()))
                .as("images to save")
                .containsExactlyInAnyOrderElementsOf(ImageNames.tagged(references));
        return this;
    }

    /**
     * Verifies that at least the given images will be saved, in any order.
     *
     * @param references the names of the images
     * @return this assertion object
     */
    public PlanAssert containsImages(String... references) {
        isNotNull();
        Assertions.assertThat(ImageNames.tagged(actual.images()))
                .as("images to save")
                .containsAll(ImageNames.tagged(references));
        return this;
    }

    /**
     * Verifies that no image can be missing: the scan has no gaps.
     *
     * @return this assertion object
     */
    public PlanAssert isComplete() {
        isNotNull();
        new InventoryAssert(actual.inventory()).isComplete();
        return this;
    }

    /**
     * Verifies that the scan has a gap whose description contains the given text.
     *
     * @param part a part of the place or of the message, such as {@code charts/app}
     * @return this assertion object
     */
    public PlanAssert hasGap(String part) {
        isNotNull();
        new InventoryAssert(actual.inventory()).hasGap(part);
        return this;
    }

    /**
     * Verifies that sealos will run exactly these commands.
     *
     * @param commands the expected commands of CMD and ENTRYPOINT, in the order in which sealos runs them
     * @return this assertion object
     */
    public PlanAssert runs(String... commands) {
        isNotNull();
        Assertions.assertThat(SealosRuntime.of(actual.config()).commands())
                .as("commands that sealos runs")
                .containsExactly(commands);
        return this;
    }

    /**
     * Verifies that a layer will contain an entry with the given path.
     *
     * @param path the path in the image, such as {@code manifests/pod.yaml}; a slash may precede it
     * @return this assertion object
     */
    public PlanAssert hasFile(String path) {
        isNotNull();
        List<String> paths = actual.layers().stream()
                .flatMap(layer -> layer.files().stream())
                .map(PlannedFile::path)
                .toList();
        Assertions.assertThat(paths).as("files of the layers").contains(path.startsWith("/") ? path : "/" + path);
        return this;
    }

    /**
     * Verifies that the layout rules have no findings.
     *
     * @return this assertion object
     */
    public PlanAssert hasNoFindings() {
        isNotNull();
        Assertions.assertThat(actual.findings()).as("findings").isEmpty();
        return this;
    }

    /**
     * Verifies that the rule with the given id has a finding.
     *
     * @param ruleId the id of the rule, such as {@code copy-source-missing}
     * @return this assertion object
     */
    public PlanAssert hasFinding(String ruleId) {
        isNotNull();
        Assertions.assertThat(actual.findings())
                .extracting(Finding::ruleId)
                .as("rules that found something")
                .contains(ruleId);
        return this;
    }
}
