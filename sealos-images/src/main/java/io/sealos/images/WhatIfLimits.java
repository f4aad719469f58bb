package io.sealos.images;

import io.sealos.internal.text.Count;
import java.time.Duration;
import java.util.Objects;

/**
 * Limits on the switches of charts that a scan tries for {@link ImageInventory#whatIf()}. Switches that are not tried
 * because of a limit are counted in {@link WhatIf#leftOut()}. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class WhatIfLimits {
    private final int switches;
    private final Duration time;

    private WhatIfLimits(int switches, Duration time) {
        if (switches <= 0) {
            throw new IllegalArgumentException("the limit of switches is " + switches + "; it must be above 0");
        }
        if (time.toMillis() <= 0) {
            throw new IllegalArgumentException("the time limit is " + time + "; it must be at least one millisecond");
        }
        this.switches = switches;
        this.time = time;
    }

    /** {@return the default limits for each chart: 200 switches and 5 seconds} */
    public static WhatIfLimits defaults() {
        return new WhatIfLimits(200, Duration.ofSeconds(5));
    }

    /**
     * {@return a copy of these limits with a different number of switches for each chart}
     *
     * @param limit the largest number of switches that are tried; each value of a switch counts, with each set of
     *     values with which the chart is installed
     * @throws IllegalArgumentException if the limit is not positive
     */
    public WhatIfLimits withSwitches(int limit) {
        return new WhatIfLimits(limit, time);
    }

    /**
     * {@return a copy of these limits with a different time for each chart} With a time that is never reached, the
     * result does not depend on the speed of the machine.
     *
     * @param limit the time for all switches of a chart, at least one millisecond
     * @throws IllegalArgumentException if the limit is shorter than one millisecond
     */
    public WhatIfLimits withTime(Duration limit) {
        return new WhatIfLimits(switches, limit);
    }

    /** {@return the largest number of switches that are tried for each chart} */
    public int switches() {
        return switches;
    }

    /** {@return the time for all switches of a chart} */
    public Duration time() {
        return time;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WhatIfLimits that && switches == that.switches && time.equals(that.time);
    }

    @Override
    public int hashCode() {
        return Objects.hash(switches, time);
    }

    /** {@return the limits} */
    @Override
    public String toString() {
        return Count.of(switches, "switch") + ", " + time.toMillis() / 1000.0 + " seconds";
    }
}
