package io.sealos.images;

import java.util.List;
import java.util.Objects;

/**
 * The images that other values of the charts would need. A chart has switches, such as {@code redis.enabled}, whose
 * other value may start other images, which cannot be fetched at the site. A scan with
 * {@link ImageScanner.Builder#whatIf} tries each of them alone, on top of the values with which the chart will be
 * installed. None of the images is saved unless a scenario or a command sets the value.
 *
 * <p>Switches are booleans of {@code values.yaml} whose name says so, such as {@code enabled}, {@code create},
 * {@code installCRDs} or {@code useRedis}, the conditions and tags of dependencies, and the enumerations in
 * {@code values.schema.json}. Those of an enabled dependency are also tried, such as {@code redis.metrics.enabled}.
 * Values in lists, and combinations of switches, are not.
 *
 * <p>The order is that of the charts, and within a chart: booleans that are switched on (first those beside an image or
 * of a dependency), enumerations, then booleans that are switched off, each by their place. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class WhatIf {
    private final List<ChartSwitch> switches;
    private final List<ChartSwitch> undetermined;
    private final List<String> leftOut;
    private final int tried;

    WhatIf(List<ChartSwitch> switches, List<ChartSwitch> undetermined, List<String> leftOut, int tried) {
        this.switches = List.copyOf(switches);
        this.undetermined = List.copyOf(undetermined);
        this.leftOut = List.copyOf(leftOut);
        this.tried = tried;
    }

    /** {@return a copy with files below a directory, whose path is empty or ends with a slash} */
    WhatIf within(String prefix) {
        return new WhatIf(
                switches.stream().map(it -> it.within(prefix)).toList(),
                undetermined.stream().map(it -> it.within(prefix)).toList(),
                leftOut.stream().map(prefix::concat).toList(),
                tried);
    }

    /** {@return several results as one, in their order} */
    static WhatIf merged(List<WhatIf> results) {
        return new WhatIf(
                results.stream().flatMap(it -> it.switches.stream()).toList(),
                results.stream().flatMap(it -> it.undetermined.stream()).toList(),
                results.stream().flatMap(it -> it.leftOut.stream()).toList(),
                results.stream().mapToInt(it -> it.tried).sum());
    }

    /** {@return the switches that would add images} */
    public List<ChartSwitch> switches() {
        return switches;
    }

    /**
     * {@return the switches with which their chart does not render, each with the reason} Usually they need further
     * values, which a {@link ChartScenario} can set together.
     */
    public List<ChartSwitch> undetermined() {
        return undetermined;
    }

    /**
     * {@return a sentence for each chart some switches of which were not tried, with the chart, their number and the
     * reason} The reason is a limit of {@link WhatIfLimits}, or that the chart does not render as it is installed.
     */
    public List<String> leftOut() {
        return leftOut;
    }

    /** {@return the number of switches that were tried; each value of an enumeration counts} */
    public int tried() {
        return tried;
    }

    /**
     * {@return whether every switch was tried} If not, the result may depend on the speed of the machine, because the
     * time is limited.
     */
    public boolean isComplete() {
        return leftOut.isEmpty();
    }

    /**
     * {@return a report for people: the switches with their places and images, those that are undetermined or left out,
     * and the numbers, with a trailing line feed}
     */
    public String toText() {
        return WhatIfText.text(this);
    }

    /** {@return the report as Markdown, with a table of the switches that would add images} */
    public String toMarkdown() {
        return WhatIfText.markdown(this);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WhatIf that
                && switches.equals(that.switches)
                && undetermined.equals(that.undetermined)
                && leftOut.equals(that.leftOut)
                && tried == that.tried;
    }

    @Override
    public int hashCode() {
        return Objects.hash(switches, undetermined, leftOut, tried);
    }

    /** {@return the numbers of switches} */
    @Override
    public String toString() {
        return WhatIfText.summary(this);
    }
}
