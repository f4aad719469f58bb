package io.sealos.oci.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetriesTests {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "7, 7",
        "' 7 ', 7",
        "1.5, 1",
        "60, 60",
        "61, 60",
        "999999999, 60",
        "99999999999999999999999999, 60",
        "'Fri, 31 Dec 2100 23:59:59 GMT', 60",
        "'Sun, 06 Nov 1994 08:49:37 GMT', 0"
    })
    void parseWhenPauseIsGivenInAnyWayBoundsIt(String value, long seconds) {
        assertThat(Retries.parse(value)).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-5", "5s", "1,5", "2100-12-31T23:59:59Z"})
    void parseWhenPauseIsNoneLeavesItToTheClient(String value) {
        assertThat(Retries.parse(value)).isEqualTo(Optional.empty());
    }
}
