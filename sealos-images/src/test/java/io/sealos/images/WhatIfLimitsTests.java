package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WhatIfLimitsTests {
    @Test
    void withWhenLimitIsNotPositiveRefusesIt() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> WhatIfLimits.defaults().withSwitches(0))
                .withMessage("the limit of switches is 0; it must be above 0");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> WhatIfLimits.defaults().withTime(Duration.ZERO))
                .withMessage("the time limit is PT0S; it must be at least one millisecond");
        assertThat(WhatIfLimits.defaults()).hasToString("200 switches, 5.0 seconds");
    }
}
