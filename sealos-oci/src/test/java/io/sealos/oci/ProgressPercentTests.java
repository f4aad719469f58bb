package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sealos.images.Digest;
import io.sealos.images.ImageReference;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The percentage of a job, which never goes back. */
class ProgressPercentTests {
    private static final ImageReference IMAGE = ImageReference.parse("one.example/app:1");
    private static final Digest DIGEST = Digest.parse("sha256:" + "0".repeat(64));

    private final Progress progress = Progress.create();

    @Test
    void percentWhenPhaseIsAddedToNeverGoesBack() {
        hear(new CallEvent.Started("write"));
        start(BuildPhase.FETCH_BASES, 100);
        hear(new BuildEvent.BlobReused(BuildPhase.FETCH_BASES, IMAGE, DIGEST, 80, 80));
        assertThat(progress.snapshot().percent()).hasValue(9);

        start(BuildPhase.FETCH_BASES, 700);
        assertThat(progress.snapshot()
                        .phase(BuildPhase.FETCH_BASES)
                        .orElseThrow()
                        .percent())
                .hasValue(10);
        assertThat(progress.snapshot().percent()).hasValue(9);

        start(BuildPhase.PUSH, 1000);
        assertThat(progress.snapshot().percent()).as("fetching was skipped").hasValue(85);
        hear(new CallEvent.Ended("write", BuildOutcome.COMPLETE));
        assertThat(progress.snapshot().percent()).hasValue(100);
    }

    @Test
    void percentWhenJobHasSeveralCallsGivesEachAnEqualShare() {
        Progress two = Progress.ofCalls(2);
        two.onEvent(new CallEvent.Started("build"));
        two.onEvent(new CallEvent.Ended("build", BuildOutcome.COMPLETE));
        assertThat(two.snapshot().percent()).as("no total is known").isEmpty();
        two.onEvent(new CallEvent.Started("write one"));
        two.onEvent(new CallEvent.Ended("write one", BuildOutcome.COMPLETE));
        assertThat(two.snapshot().percent()).hasValue(50);
        two.onEvent(new CallEvent.Started("write other"));
        assertThat(two.snapshot().percent()).hasValue(50);
        two.onEvent(new PhaseEvent.Started(BuildPhase.LAYERS, OptionalLong.of(1), OptionalLong.of(100)));
        assertThat(two.snapshot().percent()).hasValue(77);
        two.onEvent(new CallEvent.Ended("write other", BuildOutcome.COMPLETE));
        assertThat(two.snapshot().percent()).hasValue(100);

        two.onEvent(new CallEvent.Started("a third"));
        assertThat(two.snapshot().percent()).as("begins anew").isEmpty();
    }

    @Test
    void percentWhenCallsOverlapIsOneHundredAtTheEndOfTheLast() {
        hear(new CallEvent.Started("one"), new CallEvent.Started("other"));
        hear(new PhaseEvent.Started(BuildPhase.FETCH, OptionalLong.of(2), OptionalLong.of(200)));
        hear(new BuildEvent.BlobFinished(BuildPhase.FETCH, IMAGE, DIGEST, 100, "", 100));
        hear(new CallEvent.Ended("one", BuildOutcome.COMPLETE));
        assertThat(progress.snapshot().percent())
                .as("one, and 32% of the other")
                .hasValue(66);

        hear(new CallEvent.Ended("other", BuildOutcome.COMPLETE));
        assertThat(progress.snapshot().percent()).hasValue(100);
    }

    @Test
    void ofCallsWhenThereIsNoneIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Progress.ofCalls(0))
                .withMessage("a job has at least 1 call, not 0");
    }

    private void start(BuildPhase phase, long bytes) {
        hear(new PhaseEvent.Started(phase, OptionalLong.of(1), OptionalLong.of(bytes)));
    }

    private void hear(BuildEvent... events) {
        List.of(events).forEach(progress::onEvent);
    }
}
