package io.sealos.oci.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TransferMonitorTests {
    private long now = 1_000_000_000L;
    private final TransferMonitor pace = new TransferMonitor(
            new TransferMonitor.Limits(Duration.ofSeconds(30), 1024, Duration.ofMinutes(1), () -> now));

    @Test
    void checkWhenNothingIsHeardEndsAtTheLimit() throws IOException {
        assertThat(pace.check()).isEqualTo(seconds(30));
        pass(29);
        assertThat(pace.check()).isEqualTo(seconds(1));
        pass(1);

        assertThatExceptionOfType(HttpTimeoutException.class)
                .isThrownBy(pace::check)
                .withMessage("no byte came or went for 30000 ms");
    }

    @Test
    void checkWhenAByteComesNowAndThenEndsWithTheWindow() throws IOException {
        pace.begin();
        for (int i = 0; i < 3; i++) {
            pass(19);
            pace.moved(1000);
            assertThat(pace.check()).isPositive();
        }
        pass(3);

        assertThatExceptionOfType(TransferMonitor.TooSlowException.class)
                .isThrownBy(pace::check)
                .withMessage("only 50 bytes a second came or went for 60.0 s, 1024 are wanted");
    }

    @Test
    void checkWhenEachWindowHasEnoughGoesOn() throws IOException {
        pace.begin();
        for (int i = 0; i < 100; i++) {
            pass(20);
            pace.moved(20 * 1024);
            assertThat(pace.check()).isPositive();
        }
    }

    @Test
    void checkWhenItBecomesSlowLaterEndsWithThatWindow() throws IOException {
        pace.begin();
        pass(20);
        pace.moved(1L << 40);
        pass(20);
        pace.moved(1);
        pass(20);
        assertThat(pace.check()).isPositive();
        for (int i = 0; i < 2; i++) {
            pass(20);
            pace.moved(1);
            assertThat(pace.check()).isPositive();
        }
        pass(20);
        pace.moved(1);

        assertThatExceptionOfType(TransferMonitor.TooSlowException.class).isThrownBy(pace::check);
    }

    @Test
    void checkWhenAnUploadIsStoredKnowsSilenceOnly() throws IOException {
        pace.begin();
        pace.moved(10);
        pass(20);
        pace.end();
        pass(29);

        assertThat(pace.check()).isEqualTo(seconds(1));
    }

    @Test
    void checkWhenNoRateIsWantedTakesAny() throws IOException {
        TransferMonitor any = new TransferMonitor(
                new TransferMonitor.Limits(Duration.ofSeconds(30), 0, Duration.ofMinutes(1), () -> now));
        any.begin();
        for (int i = 0; i < 100; i++) {
            pass(29);
            any.moved(1);
            assertThat(any.check()).isPositive();
        }
    }

    private void pass(long seconds) {
        now += seconds(seconds);
    }

    private static long seconds(long count) {
        return Duration.ofSeconds(count).toNanos();
    }
}
