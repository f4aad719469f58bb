package io.sealos.oci.internal.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountsTests {
    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "151, 151 B",
        "999, 999 B",
        "1000, 1.00 kB",
        "2071, 2.07 kB",
        "9994, 9.99 kB",
        "9995, 10.0 kB",
        "12743, 12.7 kB",
        "99950, 100 kB",
        "999499, 999 kB",
        "999500, 1.00 MB",
        "193000000, 193 MB",
        "1210000000, 1.21 GB",
        "9223372036854775807, 9.22 EB"
    })
    void sizeWhenShownHasThreeDigitsInDecimalUnits(long bytes, String text) {
        assertThat(Amounts.size(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 193000000, 0/193 MB",
        "1500, 193000000, 0.00/193 MB",
        "120400000, 193000000, 120/193 MB",
        "3, 5, 3/5 B"
    })
    void partWhenShownIsInTheUnitOfTheTotal(long done, long total, String text) {
        assertThat(Amounts.part(done, total)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.0 s",
        "449, 0.4 s",
        "9999, 9.9 s",
        "10000, 10 s",
        "59999, 59 s",
        "185000, 3 min 5 s",
        "3600000, 1 h 0 min",
        "90061000, 25 h 1 min"
    })
    void timeWhenShownHasAtMostTwoUnits(long millis, String text) {
        assertThat(Amounts.time(Duration.ofMillis(millis))).isEqualTo(text);
    }
}
