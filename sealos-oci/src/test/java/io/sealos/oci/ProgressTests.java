package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sealos.images.Digest;
import io.sealos.images.ImageReference;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressTests {
    private static final ImageReference IMAGE = ImageReference.parse("one.example/app:1");
    private static final Digest DIGEST = Digest.parse("sha256:" + "0".repeat(64));

    private long now = -7;
    private final Progress progress = Progress.create(() -> now);

    @Test
    void snapshotWhenNothingHappenedIsNew() {
        Progress.Snapshot snapshot = progress.snapshot();

        assertThat(snapshot.phases()).isEmpty();
        assertThat(snapshot.current()).isEmpty();
        assertThat(snapshot.phase(BuildPhase.FETCH)).isEmpty();
        assertThat(snapshot.state()).isEqualTo(Progress.State.NEW);
        assertThat(snapshot.percent()).isEmpty();
        assertThat(snapshot.toJson())
                .isEqualTo("{\"state\":\"new\",\"items\":{\"done\":0,\"reused\":0},"
                        + "\"bytes\":{\"done\":0,\"reused\":0},\"phases\":[]}");
    }

    @Test
    void snapshotWhenBytesArriveHasRateAfterTwoSecondsAndTimeLeftAfterFive() {
        fetch(4, 4000);
        hear(reused(1000));
        after(1900);
        assertThat(phase().bytesPerSecond()).as("rate before the first byte").isEmpty();
        hear(progressed(600));
        after(1900);
        hear(progressed(800));
        assertThat(phase().bytesPerSecond()).as("rate after 1.9 seconds").isEmpty();
        assertThat(phase().timeLeft()).isEmpty();
        after(100);
        assertThat(phase().bytesPerSecond()).as("rate after 2 seconds").hasValue(400);
        assertThat(phase().timeLeft()).as("time left after 2 seconds").isEmpty();
        hear(progressed(600));
        after(2999);
        assertThat(phase().bytesPerSecond()).as("rate after 4.999 seconds").hasValue(280);
        assertThat(phase().timeLeft()).as("time left after 4.999 seconds").isEmpty();
        hear(progressed(600));
        after(1);

        Progress.Phase phase = phase();
        assertThat(phase.state()).isEqualTo(Progress.State.RUNNING);
        assertThat(phase.items()).isEqualTo(new Progress.Count(1, 1, OptionalLong.of(4)));
        assertThat(phase.bytes()).isEqualTo(new Progress.Count(3600, 1000, OptionalLong.of(4000)));
        assertThat(phase.elapsed()).isEqualTo(Duration.ofMillis(6900));
        assertThat(phase.bytesPerSecond()).hasValue(400);
        assertThat(phase.timeLeft()).contains(Duration.ofSeconds(1));
        assertThat(phase.percent()).hasValue(90);
        assertThat(progress.snapshot().current()).contains(phase);
    }

    @Test
    void timeLeftWhenItIsFarBeyondWhatWasMeasuredIsAbsent() {
        fetch(1, 1_000_000);
        hear(progressed(10));
        for (int second = 0; second < 5; second++) {
            after(1000);
            hear(progressed(10));
        }
        assertThat(phase().bytesPerSecond()).hasValue(10);
        assertThat(phase().timeLeft()).as("28 hours after five seconds").isEmpty();

        for (int second = 5; second < 1000; second++) {
            after(1000);
            hear(progressed(10));
        }
        assertThat(phase().timeLeft().orElseThrow()).isBetween(Duration.ofHours(27), Duration.ofHours(28));
    }

    @Test
    void timeLeftWhenOnlyItemsWithoutBytesAreLeftIsAbsent() {
        fetch(3, 1_000_010);
        hear(progressed(100_000));
        after(5000);
        hear(finished(900_000));

        assertThat(phase().bytesPerSecond()).hasValue(180_000);
        assertThat(phase().timeLeft()).as("ten bytes left").isEmpty();
        assertThat(phase().percent()).hasValue(99);

        hear(finished(10));
        assertThat(phase().timeLeft()).as("no bytes left").isEmpty();
        assertThat(phase().percent()).as("an item is left").hasValue(99);

        hear(finished(0));
        assertThat(phase().percent()).hasValue(100);
    }

    @Test
    void rateWhenEverythingIsReusedIsAbsent() {
        fetch(4, 4000);
        after(3000);
        hear(reused(1000));
        after(3000);

        assertThat(phase().bytesPerSecond()).isEmpty();
        assertThat(phase().timeLeft()).isEmpty();
    }

    @Test
    void rateWhenPhaseStartsAgainIsMeasuredAnew() {
        fetch(1, 4000);
        hear(progressed(1));
        after(3000);
        hear(finished(3999), ended(BuildOutcome.COMPLETE));
        fetch(1, 4000);
        hear(progressed(1));
        after(1000);

        assertThat(phase().bytesPerSecond()).isEmpty();
        after(1000);
        assertThat(phase().bytesPerSecond()).hasValue(0);
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

        hear(finished(1));
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
        hear(ended(BuildOutcome.COMPLETE));
        after(5000);

        assertThat(phase().state()).isEqualTo(Progress.State.COMPLETE);
        assertThat(phase().elapsed()).isEqualTo(Duration.ofSeconds(3));
        assertThat(phase().bytesPerSecond()).isEmpty();
        assertThat(phase().timeLeft()).isEmpty();
        assertThat(progress.snapshot().current()).contains(phase());
    }

    @Test
    void snapshotWhenPhaseStartsAgainInACallAddsUp() {
        hear(new CallEvent.Started("write"));
        fetch(1, 10);
        hear(finished(10), ended(BuildOutcome.COMPLETE));
        fetch(2, 20);

        assertThat(phase().state()).isEqualTo(Progress.State.RUNNING);
        assertThat(phase().items()).isEqualTo(new Progress.Count(1, 0, OptionalLong.of(3)));
        assertThat(phase().bytes()).isEqualTo(new Progress.Count(10, 0, OptionalLong.of(30)));
    }

    @Test
    void snapshotWhenJobHasSeveralCallsCountsAllOfThem() {
        hear(new CallEvent.Started("build"));
        hear(new PhaseEvent.Started(BuildPhase.SCAN, OptionalLong.empty(), OptionalLong.empty()));
        assertThat(progress.snapshot().percent()).isEmpty();
        hear(new PhaseEvent.Ended(BuildPhase.SCAN, BuildOutcome.COMPLETE));
        hear(new CallEvent.Ended("build", BuildOutcome.COMPLETE), new CallEvent.Started("write"));
        assertThat(current()).as("between two calls").isEqualTo(BuildPhase.SCAN);
        fetch(2, 100);
        hear(finished(60), finished(40), ended(BuildOutcome.COMPLETE));
        assertThat(current()).as("between two phases").isEqualTo(BuildPhase.FETCH);
        assertThat(progress.snapshot().percent()).as("after fetching").hasValue(55);
        hear(new PhaseEvent.Started(BuildPhase.LAYERS, OptionalLong.of(2), OptionalLong.of(300)));

        Progress.Snapshot snapshot = progress.snapshot();
        assertThat(snapshot.state()).isEqualTo(Progress.State.RUNNING);
        assertThat(current()).isEqualTo(BuildPhase.LAYERS);
        assertThat(snapshot.items()).isEqualTo(new Progress.Count(2, 0, OptionalLong.of(4)));
        assertThat(snapshot.bytes()).isEqualTo(new Progress.Count(100, 0, OptionalLong.of(400)));
        assertThat(snapshot.percent()).hasValue(55);
        assertThat(snapshot.phases())
                .extracting(Progress.Phase::phase, Progress.Phase::state)
                .containsExactly(
                        tuple(BuildPhase.SCAN, Progress.State.COMPLETE),
                        tuple(BuildPhase.FETCH, Progress.State.COMPLETE),
                        tuple(BuildPhase.LAYERS, Progress.State.RUNNING));
    }

    @Test
    void snapshotWhenCallIsRepeatedAfterAFailureReachesTheEnd() {
        hear(new CallEvent.Started("write"));
        fetch(3, 300);
        hear(finished(100), new BuildEvent.BlobFailed(BuildPhase.FETCH, IMAGE, DIGEST, 100, "gone", 0));
        hear(ended(BuildOutcome.FAILED), new CallEvent.Ended("write", BuildOutcome.FAILED));
        assertThat(progress.snapshot().state()).isEqualTo(Progress.State.FAILED);
        assertThat(phase().state()).isEqualTo(Progress.State.FAILED);
        assertThat(phase().failedItems()).isEqualTo(1);
        assertThat(progress.snapshot().percent()).as("33% of 45").hasValue(24);

        hear(new CallEvent.Started("write"));
        assertThat(progress.snapshot().state()).isEqualTo(Progress.State.RUNNING);
        assertThat(progress.snapshot().percent()).hasValue(24);
        fetch(3, 300);
        hear(reused(100), finished(100), finished(100), ended(BuildOutcome.COMPLETE));
        hear(new CallEvent.Ended("write", BuildOutcome.COMPLETE));

        assertThat(progress.snapshot().state()).isEqualTo(Progress.State.COMPLETE);
        assertThat(phase().failedItems()).isZero();
        assertThat(phase().bytes()).isEqualTo(new Progress.Count(400, 100, OptionalLong.of(400)));
        assertThat(progress.snapshot().percent()).hasValue(100);
    }

    @Test
    void snapshotWhenCallIsCancelledIsNeitherFailedNorComplete() {
        hear(new CallEvent.Started("write"));
        fetch(3, 300);
        hear(progressed(50), new BuildEvent.BlobCancelled(BuildPhase.FETCH, IMAGE, DIGEST, 100, -50));
        hear(ended(BuildOutcome.CANCELLED), new CallEvent.Ended("write", BuildOutcome.CANCELLED));

        assertThat(progress.snapshot().state()).isEqualTo(Progress.State.CANCELLED);
        assertThat(phase().state()).isEqualTo(Progress.State.CANCELLED);
        assertThat(phase().failedItems()).isZero();
        assertThat(phase().bytes().done()).isZero();
        assertThat(phase().toText()).isEqualTo("Fetching images cancelled: 0/3 blobs, 0.0 s");
    }

    @ParameterizedTest
    @CsvSource({
        "COMPLETE, COMPLETE, COMPLETE",
        "COMPLETE, CANCELLED, CANCELLED",
        "CANCELLED, COMPLETE, CANCELLED",
        "CANCELLED, FAILED, FAILED",
        "FAILED, CANCELLED, FAILED",
        "FAILED, COMPLETE, FAILED"
    })
    void stateWhenCallsOverlapIsTheWorstOfTheirEnds(BuildOutcome one, BuildOutcome other, Progress.State state) {
        hear(new CallEvent.Started("one"), new CallEvent.Started("other"), new CallEvent.Ended("one", one));
        assertThat(progress.snapshot().state()).isEqualTo(Progress.State.RUNNING);
        hear(new CallEvent.Ended("other", other));
        assertThat(progress.snapshot().state()).isEqualTo(state);

        hear(new CallEvent.Started("next"), new CallEvent.Ended("next", BuildOutcome.COMPLETE));
        assertThat(progress.snapshot().state()).isEqualTo(Progress.State.COMPLETE);
    }

    @Test
    void toJsonWhenPhasesAreThereIsOneLineWithStableNames() {
        hear(new CallEvent.Started("write"));
        hear(new PhaseEvent.Started(BuildPhase.SCAN, OptionalLong.empty(), OptionalLong.empty()));
        after(100);
        hear(new PhaseEvent.Ended(BuildPhase.SCAN, BuildOutcome.COMPLETE));
        hear(new PhaseEvent.Started(BuildPhase.FETCH_BASES, OptionalLong.of(2), OptionalLong.of(4000)));
        hear(new BuildEvent.BlobReused(BuildPhase.FETCH_BASES, IMAGE, DIGEST, 1000, 1000));
        hear(new BuildEvent.BlobProgressed(BuildPhase.FETCH_BASES, IMAGE, DIGEST, 500, 3000, "", 500));
        after(5000);
        hear(new BuildEvent.BlobProgressed(BuildPhase.FETCH_BASES, IMAGE, DIGEST, 1500, 3000, "", 1000));

        assertThat(progress.snapshot().toJson()).isEqualTo("""
                        {"state":"running","current":"fetch_bases","percent":8,\
                        "items":{"done":1,"reused":1,"total":2},"bytes":{"done":2500,"reused":1000,"total":4000},\
                        "phases":[{"phase":"scan","state":"complete","items":{"done":0,"reused":0},\
                        "bytes":{"done":0,"reused":0},"failedItems":0,"elapsedMillis":100,\
                        "text":"Checked the context: 0.1 s"},\
                        {"phase":"fetch_bases","state":"running","percent":62,\
                        "items":{"done":1,"reused":1,"total":2},"bytes":{"done":2500,"reused":1000,"total":4000},\
                        "failedItems":0,"elapsedMillis":5000,"bytesPerSecond":200,"timeLeftMillis":7500,\
                        "text":"Fetching base images: 62%, 2.50/4.00 kB, 1/2 blobs, 200 B/s, 7.5 s left"}]}""");
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

        assertThat(progress.snapshot().state()).isEqualTo(Progress.State.RUNNING);
        assertThat(second.snapshot().state()).isEqualTo(Progress.State.RUNNING);
    }

    private Progress.Phase phase() {
        return progress.snapshot().phase(BuildPhase.FETCH).orElseThrow();
    }

    private BuildPhase current() {
        return progress.snapshot().current().orElseThrow().phase();
    }

    private static BuildEvent ended(BuildOutcome outcome) {
        return new PhaseEvent.Ended(BuildPhase.FETCH, outcome);
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
        return new BuildEvent.BlobReused(BuildPhase.FETCH, IMAGE, DIGEST, size, size);
    }

    private void hear(BuildEvent... events) {
        List.of(events).forEach(progress::onEvent);
    }

    private void after(long millis) {
        now += Duration.ofMillis(millis).toNanos();
    }
}
