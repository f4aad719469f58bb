package io.sealos.oci.testing;

import io.sealos.images.ImageReference;
import io.sealos.kubefile.SealosRuntime;
import io.sealos.layout.Finding;
import io.sealos.oci.BuildPlan;
import io.sealos.oci.PlannedFile;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/** Assertions on a {@link BuildPlan}. */
public final class PlanAssert extends AbstractAssert<PlanAssert, BuildPlan> {
    PlanAssert(BuildPlan actual) {
        super(actual, PlanAssert.class);
    }

    /**
     * Verifies that exactly these images will be saved, in any order; names may be written in any form.
     *
     * @param references their names
     * @return this
     */
    public PlanAssert savesImages(String... references) {
        isNotNull();
        Assertions.assertThat(actual.images())
                .as("images to save")
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(references).map(ImageReference::parse).toList());
        return this;
    }

    /**
     * Verifies that sealos will run exactly these commands.
     *
     * @param commands the commands of CMD and ENTRYPOINT, in the order in which sealos runs them
     * @return this
     */
    public PlanAssert runs(String... commands) {
        isNotNull();
        Assertions.assertThat(SealosRuntime.of(actual.config()).commands())
                .as("commands that sealos runs")
                .containsExactly(commands);
        return this;
    }

    /**
     * Verifies that a layer will hold a file or directory of this path, such as {@code /manifests/pod.yaml}.
     *
     * @param path the absolute path in the image
     * @return this
     */
    public PlanAssert hasFile(String path) {
        isNotNull();
        List<String> paths = actual.layers().stream()
                .flatMap(layer -> layer.files().stream())
                .map(PlannedFile::path)
                .toList();
        Assertions.assertThat(paths).as("files of the layers").contains(path);
        return this;
    }

    /**
     * Verifies that the rules of the layout have nothing to say.
     *
     * @return this
     */
    public PlanAssert hasNoFindings() {
        isNotNull();
        Assertions.assertThat(actual.findings()).as("findings").isEmpty();
        return this;
    }

    /**
     * Verifies that the rule of this id has found something.
     *
     * @param ruleId the id, such as {@code copy-source-missing}
     * @return this
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
