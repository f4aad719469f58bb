package io.sealos.oci.testing;

import io.sealos.kubefile.BuildOptions;
import io.sealos.kubefile.CopyStep;
import io.sealos.kubefile.Kubefile;
import io.sealos.kubefile.KubefileEvaluation;
import io.sealos.kubefile.SealosRuntime;
import java.util.List;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/** Assertions on a {@link Kubefile}, evaluated without options. */
public final class KubefileAssert extends AbstractAssert<KubefileAssert, Kubefile> {
    KubefileAssert(Kubefile actual) {
        super(actual, KubefileAssert.class);
    }

    /**
     * Verifies that nothing in it needs a container.
     *
     * @return this
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
     * @param commands the commands of CMD and ENTRYPOINT, in the order in which sealos runs them
     * @return this
     */
    public KubefileAssert runs(String... commands) {
        Assertions.assertThat(SealosRuntime.of(evaluation().config()).commands())
                .as("commands that sealos runs")
                .containsExactly(commands);
        return this;
    }

    /**
     * Verifies that a COPY or ADD of the last stage brings this source.
     *
     * @param source the source as it is written, such as {@code registry}
     * @return this
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
     * Verifies the value of a label.
     *
     * @param name the name of the label
     * @param value its value
     * @return this
     */
    public KubefileAssert hasLabel(String name, String value) {
        Assertions.assertThat(evaluation().config().labels()).as("labels").containsEntry(name, value);
        return this;
    }

    /**
     * Verifies the value of an environment variable.
     *
     * @param name the name of the variable
     * @param value its value
     * @return this
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
