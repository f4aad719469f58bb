package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealos.images.Digest;
import io.sealos.images.ImageReference;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ProgressTests {
    private static final ImageReference IMAGE = ImageReference.parse("one.example/app:1");
    private static final Digest DIGEST = Digest.parse("sha256:" + "0".repeat(64));

    private long now = -7;
    private final Progress progress = Progress.create(() -> now);

    @Test
    void snapshotWhenNothingHappenedIsEmpty() {
        Progress.Snapshot snapshot = progress.snapshot();

        assertThat(snapshot.phases()).isEmpty();
        assertThat(snapshot.current()).isEmpty();
        assertThat(snapshot.phase(BuildPhase.FETCH)).isEmpty();
        assertThat(snapshot.isRunning()).isFalse();
        assertThat(snapshot.isFailed()).isFalse();
    }

    @Test
    void snapshotWhenBytesArriveHasRateAndTimeLeft() {
        fetch(4, 4000);
        hear(reused(1000));
        after(400);
        assertThat(phase().bytesPerSecond()).isEmpty();
        hear(progressed(600));
        after(600);

        Progress.Phase phase = phase();
        assertThat(phase.state()).isEqualTo(Progress.State.RUNNING);
        assertThat(phase.items()).isEqualTo(new Progress.Count(1, 1, OptionalLong.of(4)));
        assertThat(phase.bytes()).isEqualTo(new Progress.Count(1600, 1000, OptionalLong.of(4000)));
        assertThat(phase.elapsed()).isEqualTo(Duration.ofSeconds(1));
        assertThat(phase.bytesPerSecond()).hasValue(600);
        assertThat(phase.timeLeft()).contains(Duration.ofSeconds(4));
        assertThat(phase.percent()).hasValue(40);
        assertThat(progress.snapshot().current()).contains(phase);
    }

    @Test
    void snapshotWhenRateChangesForgetsWhatWasBeforeTenSeconds() {
        fetch(1, 1_000_000);
        for (int second = 0; second < 20; second++) {
            hear(progressed(10_000));
            after(1000);
        }
        for (int second = 0; second < 10; second++) {
            hear(progressed(100));
            after(1000);
        }

        assertThat(phase().bytesPerSecond().orElseThrow()).isBetween(90L, 100L);

        after(20_000);
        assertThat(phase().bytesPerSecond()).hasValue(0);
        assertThat(phase().timeLeft()).isEmpty();
    }

    @Test
    void snapshotWhenBytesAreDiscardedHasNoNegativeRate() {
        fetch(1, 1000);
        hear(progressed(800));
        after(11_000);
        hear(progressed(-800));
        after(1000);

        assertThat(phase().bytes().done()).isZero();
        assertThat(phase().bytesPerSecond()).hasValue(0);
    }

    @Test
    void percentWhenSomethingIsLeftIsNeverOneHundred() {
        fetch(1, 1_000_000);
        hear(progressed(999_999));
        assertThat(phase().percent()).hasValue(99);

        hear(progressed(1));
        assertThat(phase().percent()).hasValue(100);
    }

    @Test
    void percentWhenThereAreNoBytesCountsItems() {
        hear(new PhaseEvent.Started(BuildPhase.RESOLVE, OptionalLong.of(3), OptionalLong.empty()));
        hear(new BuildEvent.ImageResolved(IMAGE, DIGEST, ""));
        hear(new BuildEvent.ImageFailed(IMAGE, "gone"));
        hear(new PhaseEvent.Started(BuildPhase.SCAN, OptionalLong.empty(), OptionalLong.empty()));
        fetch(0, 0);

        Progress.Phase resolve = progress.snapshot().phase(BuildPhase.RESOLVE).orElseThrow();
        assertThat(resolve.percent()).hasValue(33);
        assertThat(resolve.failedItems()).isEqualTo(1);
        assertThat(progress.snapshot().phase(BuildPhase.SCAN).orElseThrow().percent())
                .isEmpty();
        assertThat(phase().percent()).hasValue(100);
    }

    @Test
    void snapshotWhenPhaseHasEndedKeepsItsTime() {
        fetch(1, 10);
        after(3000);
        hear(finished(10));
        hear(new PhaseEvent.Ended(BuildPhase.FETCH, true));
        after(5000);

        assertThat(phase().state()).isEqualTo(Progress.State.COMPLETE);
        assertThat(phase().elapsed()).isEqualTo(Duration.ofSeconds(3));
        assertThat(phase().bytesPerSecond()).isEmpty();
        assertThat(phase().timeLeft()).isEmpty();
        assertThat(progress.snapshot().current()).isEmpty();
    }

    @Test
    void snapshotWhenPhaseStartsAgainInACallAddsUp() {
        hear(new CallEvent.Started("write"));
        fetch(1, 10);
        hear(finished(10), new PhaseEvent.Ended(BuildPhase.FETCH, true));
        fetch(2, 20);

        assertThat(phase().state()).isEqualTo(Progress.State.RUNNING);
        assertThat(phase().items()).isEqualTo(new Progress.Count(1, 0, OptionalLong.of(3)));
        assertThat(phase().bytes()).isEqualTo(new Progress.Count(10, 0, OptionalLong.of(30)));
    }

    @Test
    void snapshotWhenCallBeginsForgetsTheLastOneUnlessItIsRunning() {
        hear(new CallEvent.Started("one"));
        fetch(1, 10);
        hear(new PhaseEvent.Ended(BuildPhase.FETCH, false), new CallEvent.Ended("one", false));
        assertThat(phase().state()).isEqualTo(Progress.State.FAILED);
        assertThat(progress.snapshot().isFailed()).isTrue();

        hear(new CallEvent.Started("two"));
        assertThat(progress.snapshot()).isEqualTo(new Progress.Snapshot(List.of(), true, false));
        fetch(1, 10);
        hear(new CallEvent.Started("three"));
        fetch(1, 10);
        assertThat(phase().items().total()).hasValue(2);

        hear(new CallEvent.Ended("two", true));
        assertThat(progress.snapshot().isRunning()).isTrue();
        hear(new CallEvent.Ended("three", true));
        assertThat(progress.snapshot().isRunning()).isFalse();
    }

    @Test
    void snapshotWhenTotalsHaveNoSumKeepsTheLargest() {
        fetch(1, Long.MAX_VALUE);
        fetch(1, 10);

        assertThat(phase().bytes().total()).hasValue(Long.MAX_VALUE);
    }

    @Test
    void andThenWhenEventComesPassesItToBoth() {
        Progress second = Progress.create();

        progress.andThen(second).onEvent(new CallEvent.Started("one"));

        assertThat(progress.snapshot().isRunning()).isTrue();
        assertThat(second.snapshot().isRunning()).isTrue();
    }

    private Progress.Phase phase() {
        return progress.snapshot().phase(BuildPhase.FETCH).orElseThrow();
    }

    private void fetch(long items, long bytes) {
        hear(new PhaseEvent.Started(BuildPhase.FETCH, OptionalLong.of(items), OptionalLong.of(bytes)));
    }

    private static BuildEvent progressed(long added) {
        return new BuildEvent.BlobProgressed(BuildPhase.FETCH, IMAGE, DIGEST, added, 1000, "one.example", added);
    }

    private static BuildEvent finished(long added) {
        return new BuildEvent.BlobFinished(BuildPhase.FETCH, IMAGE, DIGEST, 1000, "one.example", added);
    }

    private static BuildEvent reused(long size) {
        return new BuildEvent.BlobReused(BuildPhase.FETCH, IMAGE, DIGEST, size);
    }

    private void hear(BuildEvent... events) {
        List.of(events).forEach(progress::onEvent);
    }

    private void after(long millis) {
        now += Duration.ofMillis(millis).toNanos();
    }
}
