package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealos.images.Digest;
import io.sealos.images.ImageReference;
import io.sealos.layout.Severity;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ConsoleProgressTests {
    private static final ImageReference IMAGE = ImageReference.parse("one.example/app:1");
    private static final Digest DIGEST = Digest.parse("sha256:" + "0".repeat(64));
    private static final String NL = System.lineSeparator();

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8);
    private long now;

    @Test
    void onEventWhenStyleIsBarDrawsItInPlaceAtMostTenTimesASecond() {
        ConsoleProgress console = console(ConsoleProgress.Style.BAR, 80);

        console.onEvent(fetch(4, 200_000_000));
        assertThat(taken()).isEqualTo("\rFetching images [---------] 0% 0/200 MB, 0/4 blobs");
        after(50);
        console.onEvent(progressed(1_000_000));
        assertThat(taken()).isEmpty();
        after(950);
        console.onEvent(progressed(49_000_000));
        assertThat(taken()).isEqualTo("\rFetching images [##-------] 25% 50.0/200 MB, 0/4 blobs");
        after(1050);
        console.onEvent(progressed(51_000_000));
        assertThat(taken()).isEqualTo("\rFetching images [####-----] 50% 101/200 MB, 0/4 blobs, 50.0 MB/s");
        after(2999);
        console.onEvent(progressed(1_000_000));
        assertThat(taken())
                .as("4.999 seconds after the first bytes")
                .isEqualTo("\rFetching images [####-----] 51% 102/200 MB, 0/4 blobs, 20.2 MB/s");
        after(101);
        console.onEvent(progressed(1_000_000));
        assertThat(taken())
                .as("5.1 seconds after the first bytes")
                .isEqualTo("\rFetching images [####-----] 51% 103/200 MB, 0/4 blobs, 20.0 MB/s, 4.8 s left");
    }

    @Test
    void onEventWhenBarGetsShorterOverwritesTheRest() {
        ConsoleProgress console = console(ConsoleProgress.Style.BAR, 80);
        console.onEvent(new PhaseEvent.Started(BuildPhase.SCAN, OptionalLong.empty(), OptionalLong.empty()));
        assertThat(taken()).isEqualTo("\rChecking the context ...");
        after(1200);

        console.onEvent(new PhaseEvent.Ended(BuildPhase.SCAN, BuildOutcome.COMPLETE));

        assertThat(taken()).isEqualTo("\r" + " ".repeat(24) + "\rChecked the context: 1.2 s" + NL);
    }

    @Test
    void onEventWhenTerminalIsNarrowShortensTheBarAndThenTheText() {
        for (int width = 40; width <= 80; width++) {
            ConsoleProgress console = console(ConsoleProgress.Style.BAR, width);
            console.onEvent(fetch(123_456, 123_456_789_012L));
            after(3000);
            console.onEvent(progressed(1_234_567));

            assertThat(taken().split("\r"))
                    .allSatisfy(line -> assertThat(line.stripTrailing()).hasSizeLessThan(80));
            assertThat(taken()).isEmpty();
        }
    }

    @Test
    void onEventWhenWarningsComeWritesThemAboveTheBar() {
        ConsoleProgress console = console(ConsoleProgress.Style.BAR, 80);
        console.onEvent(fetch(4, 100));
        String bar = taken();

        console.onEvent(
                new BuildEvent.RequestRetried(IMAGE, "one.example", "answered \u001b503", Duration.ofSeconds(1)));
        console.println("my own line");

        String blank = "\r" + " ".repeat(bar.length() - 1) + "\r";
        assertThat(taken())
                .isEqualTo(blank + "one.example answered \\u001b503 for one.example/app:1, trying again in 1000 ms" + NL
                        + bar + blank + "my own line" + NL + bar);
    }

    @Test
    void onEventWhenStyleIsLinesWritesALineForWhatIsOverAndEveryTenSeconds() {
        ConsoleProgress console = console(ConsoleProgress.Style.LINES, 80);
        console.onEvent(new CallEvent.Started("write oci:out"));
        console.onEvent(fetch(3, 2_000_000));
        for (int second = 0; second < 15; second++) {
            after(1000);
            console.onEvent(progressed(100_000));
        }
        console.onEvent(new BuildEvent.SavingNoted(IMAGE, "list:1", Severity.WARNING, "is odd", "do not"));
        console.onEvent(finished(0));
        console.onEvent(finished(100_000));
        console.onEvent(new BuildEvent.BlobReused(BuildPhase.FETCH, IMAGE, DIGEST, 400_000, 400_000));
        console.onEvent(new PhaseEvent.Ended(BuildPhase.FETCH, BuildOutcome.COMPLETE));
        after(65_000);
        console.onEvent(new CallEvent.Ended("write oci:out", BuildOutcome.COMPLETE));

        assertThat(taken().lines())
                .containsExactly(
                        "Fetching images: 50%, 1.00/2.00 MB, 0/3 blobs, 100 kB/s, 10 s left",
                        "list:1: warning: one.example/app:1 is odd; do not",
                        "Fetched images: 3 blobs, 2.00 MB, 15 s; reused 1 blob, 400 kB",
                        "Done: write oci:out, 1 min 20 s");
    }

    @Test
    void onEventWhenCallFailsSaysHowFarItCame() {
        ConsoleProgress console = console(ConsoleProgress.Style.LINES, 80);
        console.onEvent(new CallEvent.Started("write oci:out"));
        console.onEvent(fetch(3, 2_000_000));
        console.onEvent(finished(100_000));
        console.onEvent(new BuildEvent.BlobFailed(BuildPhase.FETCH, IMAGE, DIGEST, 100, "gone", 0));
        after(2500);
        console.onEvent(new PhaseEvent.Ended(BuildPhase.FETCH, BuildOutcome.FAILED));
        console.onEvent(new CallEvent.Ended("write oci:out", BuildOutcome.FAILED));

        assertThat(taken().lines())
                .containsExactly("Fetching images stopped: 1/3 blobs, 1 failed, 2.5 s", "Failed: write oci:out, 2.5 s");
    }

    @Test
    void onEventWhenCallIsCancelledSaysSo() {
        ConsoleProgress console = console(ConsoleProgress.Style.LINES, 80);
        console.onEvent(new CallEvent.Started("write oci:out"));
        console.onEvent(fetch(3, 2_000_000));
        console.onEvent(finished(100_000));
        console.onEvent(new BuildEvent.BlobCancelled(BuildPhase.FETCH, IMAGE, DIGEST, 100, 0));
        after(2500);
        console.onEvent(new PhaseEvent.Ended(BuildPhase.FETCH, BuildOutcome.CANCELLED));
        console.onEvent(new CallEvent.Ended("write oci:out", BuildOutcome.CANCELLED));

        assertThat(taken().lines())
                .containsExactly("Fetching images cancelled: 1/3 blobs, 2.5 s", "Cancelled: write oci:out, 2.5 s");
    }

    @Test
    void onEventWhenCallIsBeingCancelledDoesNotMoveTheBarBack() {
        ConsoleProgress console = console(ConsoleProgress.Style.BAR, 80);
        console.onEvent(new CallEvent.Started("write oci:out"));
        console.onEvent(fetch(2, 2_000_000));
        after(1000);
        console.onEvent(progressed(1_000_000));
        taken();
        after(1000);

        console.onEvent(new BuildEvent.BlobCancelled(BuildPhase.FETCH, IMAGE, DIGEST, 1_000_000, -1_000_000));
        after(1000);
        console.onEvent(new BuildEvent.BlobCancelled(BuildPhase.FETCH, IMAGE, DIGEST, 100, 0));

        assertThat(taken()).isEmpty();
        console.onEvent(new PhaseEvent.Ended(BuildPhase.FETCH, BuildOutcome.CANCELLED));
        console.onEvent(new CallEvent.Ended("write oci:out", BuildOutcome.CANCELLED));
        assertThat(taken()).contains("Fetching images cancelled: 0/2 blobs");
        console.onEvent(new CallEvent.Started("write oci:out"));
        console.onEvent(fetch(2, 2_000_000));
        assertThat(taken()).as("the next call").startsWith("\rFetching images [");
    }

    @Test
    void onEventWhenPhaseHasNoItemsSaysNothingUnlessItFails() {
        ConsoleProgress console = console(ConsoleProgress.Style.LINES, 80);
        console.onEvent(new CallEvent.Started("write oci:out"));
        console.onEvent(fetch(0, 0));
        console.onEvent(new PhaseEvent.Ended(BuildPhase.FETCH, BuildOutcome.COMPLETE));
        assertThat(taken()).isEmpty();

        console.onEvent(fetch(0, 0));
        console.onEvent(new PhaseEvent.Ended(BuildPhase.FETCH, BuildOutcome.FAILED));
        assertThat(taken()).isEqualTo("Fetching images stopped: 0/0 blobs, 0.0 s" + NL);
    }

    @Test
    void onEventWhenNextCallBeginsCountsItAlone() {
        ConsoleProgress console = console(ConsoleProgress.Style.LINES, 80);
        for (int call = 0; call < 2; call++) {
            console.onEvent(new CallEvent.Started("write oci:out"));
            console.onEvent(fetch(1, 1000));
            console.onEvent(finished(1000));
            console.onEvent(new PhaseEvent.Ended(BuildPhase.FETCH, BuildOutcome.COMPLETE));
            console.onEvent(new CallEvent.Ended("write oci:out", BuildOutcome.COMPLETE));
            assertThat(taken().lines())
                    .containsExactly("Fetched images: 1 blob, 1.00 kB, 0.0 s", "Done: write oci:out, 0.0 s");
        }
    }

    @Test
    void onEventWhenStyleIsQuietWritesOnlyWhatTheCallerSays() {
        ConsoleProgress console = console(ConsoleProgress.Style.QUIET, 80);
        console.onEvent(fetch(3, 2_000_000));
        console.onEvent(new BuildEvent.RequestRetried(IMAGE, "one.example", "answered 503", Duration.ZERO));
        console.onEvent(new PhaseEvent.Ended(BuildPhase.FETCH, BuildOutcome.COMPLETE));

        console.println("said");
        console.close();

        assertThat(taken()).isEqualTo("said" + NL);
    }

    @Test
    void closeWhenBarIsDrawnRemovesItAndIgnoresWhatFollows() {
        ConsoleProgress console = console(ConsoleProgress.Style.BAR, 80);
        console.onEvent(fetch(3, 100));
        int length = taken().length() - 1;

        console.close();
        console.close();
        console.onEvent(new PhaseEvent.Ended(BuildPhase.FETCH, BuildOutcome.COMPLETE));

        assertThat(taken()).isEqualTo("\r" + " ".repeat(length) + "\r");
        out.println("the stream is open");
        assertThat(out.checkError()).isFalse();
    }

    @Test
    void toWhenStyleIsLinesWritesNoBar() {
        try (ConsoleProgress console = ConsoleProgress.to(out, ConsoleProgress.Style.LINES)) {
            console.onEvent(fetch(1, 10));
            console.onEvent(finished(10));
            console.onEvent(new PhaseEvent.Ended(BuildPhase.FETCH, BuildOutcome.COMPLETE));
        }

        assertThat(taken()).startsWith("Fetched images: 1 blob, 10 B, ").doesNotContain("#", "\u001b");
    }

    private ConsoleProgress console(ConsoleProgress.Style style, int width) {
        return new ConsoleProgress(out, style, width, () -> now);
    }

    private String taken() {
        out.flush();
        String text = bytes.toString(StandardCharsets.UTF_8);
        bytes.reset();
        return text;
    }

    private void after(long millis) {
        now += Duration.ofMillis(millis).toNanos();
    }

    private static BuildEvent fetch(long items, long size) {
        return new PhaseEvent.Started(BuildPhase.FETCH, OptionalLong.of(items), OptionalLong.of(size));
    }

    private static BuildEvent progressed(long added) {
        return new BuildEvent.BlobProgressed(BuildPhase.FETCH, IMAGE, DIGEST, added, 1000, "one.example", added);
    }

    private static BuildEvent finished(long added) {
        return new BuildEvent.BlobFinished(BuildPhase.FETCH, IMAGE, DIGEST, 1000, "one.example", added);
    }
}
