package io.sealos.oci.testing;

import io.sealos.kubefile.BuildOptions;
import io.sealos.kubefile.CopyStep;
import io.sealos.kubefile.Kubefile;
import io.sealos.kubefile.KubefileEvaluation;
import io.sealos.kubefile.SealosRuntime;
import java.util.List;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/**
 * Assertions for {@link Kubefile}, which is evaluated with the default options.
 *
 * @since 0.1.0
 */
public final class KubefileAssert extends AbstractAssert<KubefileAssert, Kubefile> {
    KubefileAssert(Kubefile actual) {
        super(actual, KubefileAssert.class);
    }

    /**
     * Verifies that no instruction of the build file needs a container.
     *
     * @return this assertion object
     */
    public KubefileAssert needsNoContainer() {
        Assertions.assertThat(evaluation().refusals())
                .as("what needs a container")
                .isEmpty();
        return this;
    }

    /**
     * Verifies that sealos will run exactly these commands.
     *
     * @param commands the expected commands of CMD and ENTRYPOINT, in the order in which sealos runs them
     * @return this assertion object
     */
    public KubefileAssert runs(String... commands) {
        Assertions.assertThat(SealosRuntime.of(evaluation().config()).commands())
                .as("commands that sealos runs")
                .containsExactly(commands);
        return this;
    }

    /**
     * Verifies that a COPY or ADD of the last stage has the given source.
     *
     * @param source the source as it is written, such as {@code registry}
     * @return this assertion object
     */
    public KubefileAssert copies(String source) {
        List<String> sources = evaluation().copies().stream()
                .map(CopyStep::sources)
                .flatMap(List::stream)
                .toList();
        Assertions.assertThat(sources).as("sources of COPY and ADD").contains(source);
        return this;
    }

    /**
     * Verifies that the configuration has a label with the given value.
     *
     * @param name the name of the label
     * @param value the expected value
     * @return this assertion object
     */
    public KubefileAssert hasLabel(String name, String value) {
        Assertions.assertThat(evaluation().config().labels()).as("labels").containsEntry(name, value);
        return this;
    }

    /**
     * Verifies that the configuration has an environment variable with the given value.
     *
     * @param name the name of the variable
     * @param value the expected value
     * @return this assertion object
     */
    public KubefileAssert hasEnv(String name, String value) {
        Assertions.assertThat(evaluation().config().env()).as("environment").containsEntry(name, value);
        return this;
    }

    private KubefileEvaluation evaluation() {
        isNotNull();
        return actual.evaluate(BuildOptions.defaults());
    }
}
