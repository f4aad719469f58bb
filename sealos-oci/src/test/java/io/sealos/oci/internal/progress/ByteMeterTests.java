package io.sealos.oci.internal.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ByteMeterTests {
    private final List<String> reports = new ArrayList<>();
    private long now = Long.MAX_VALUE - 5;
    private final ByteMeter meter = new ByteMeter(100, (done, added) -> reports.add(done + " " + added), () -> now);

    @Test
    void atWhenCalledOftenReportsFiveTimesASecond() {
        for (int i = 1; i <= 50; i++) {
            now += Duration.ofMillis(21).toNanos();
            meter.at(i);
        }

        assertThat(reports).containsExactly("10 10", "20 10", "30 10", "40 10", "50 10");
        assertThat(meter.finish()).isEqualTo(50);
    }

    @Test
    void restartWhenSomethingWasReportedTakesItBackAtOnce() {
        meter.restart();
        at(70);
        meter.restart();
        at(20);

        assertThat(reports).containsExactly("70 70", "0 -70", "20 20");
        assertThat(meter.finish()).isEqualTo(80);
    }

    @Test
    void atWhenThereIsMoreThanTheSizeReportsTheSize() {
        at(1000);

        assertThat(reports).containsExactly("100 100");
        assertThat(meter.finish()).isZero();
    }

    @Test
    void atWhenItemHasEndedReportsNothing() {
        at(30);
        assertThat(meter.fail()).isEqualTo(-30);
        at(60);
        meter.restart();

        assertThat(reports).containsExactly("30 30");
    }

    @Test
    void discardWhenSomethingWasReportedTakesItBackAndEnds() {
        at(30);
        meter.discard();
        at(60);

        assertThat(reports).containsExactly("30 30", "0 -30");
    }

    private void at(long done) {
        now += Duration.ofSeconds(1).toNanos();
        meter.at(done);
    }
}
