package io.sealos.images;

import io.sealos.images.ChartValues.Setting;
import io.sealos.images.internal.scan.SwitchTry.Choice;
import io.sealos.internal.text.Printable;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A value of a chart that the user can choose, such as {@code redis.enabled=true}, with the images that it would add.
 * Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class ChartSwitch {
    private final Choice choice;
    private final List<String> scenarios;
    private final List<ImageReference> images;
    private final String failure;

    ChartSwitch(Choice choice, List<String> scenarios, List<ImageReference> images, String failure) {
        this.choice = choice;
        this.scenarios = List.copyOf(scenarios);
        this.images = List.copyOf(images);
        this.failure = failure;
    }

    /** {@return a copy with files below a directory, whose path is empty or ends with a slash} */
    ChartSwitch within(String prefix) {
        Choice below = new Choice(
                prefix + chart(),
                choice.chartName(),
                choice.key(),
                choice.value(),
                choice.isText(),
                prefix + choice.file(),
                choice.line());
        return new ChartSwitch(below, scenarios, images, failure);
    }

    Choice choice() {
        return choice;
    }

    /** {@return the directory or file of the chart, relative to the context directory and with slashes} */
    public String chart() {
        return choice.chart();
    }

    /** {@return the key, as {@code --set} accepts it, such as {@code redis.enabled} for a value of a dependency} */
    public String key() {
        return choice.key();
    }

    /** {@return the value that was tried, such as {@code true}} */
    public String value() {
        return choice.value();
    }

    /**
     * {@return the file with the key, relative to the context directory and with slashes: usually the
     * {@code values.yaml} of the chart or of a dependency, else its schema or {@code Chart.yaml}} Files of a packed
     * chart or dependency are named as if it were unpacked.
     */
    public String file() {
        return choice.file();
    }

    /** {@return the line of the key in its file, from 1} */
    public int line() {
        return choice.line();
    }

    /** {@return the images that the value would add to {@link ImageInventory#references()}, sorted} */
    public List<ImageReference> images() {
        return images;
    }

    /**
     * {@return the names of the scenarios on top of whose values the switch was tried with this result, as in
     * {@link ImageInventory#scenarios()}}
     */
    public List<String> scenarios() {
        return scenarios;
    }

    /** {@return the reason of Helm why the chart does not render with this value; empty if it does} */
    public Optional<String> failure() {
        return Optional.of(failure).filter(it -> !it.isEmpty());
    }

    /** {@return the option of {@code helm install} that chooses the value} */
    public Setting setting() {
        return choice.setting();
    }

    /**
     * {@return a scenario that sets this value alone} With it, {@link ImageScanner.Builder#scenario} saves the images
     * that the chart has with its own values and this one. A chart that a command of the Kubefile installs also needs
     * the {@link #setting()} in that command.
     */
    public ChartScenario scenario() {
        ChartScenario.Builder scenario = ChartScenario.builder(choice.key() + "=" + choice.value());
        return scenario.chart(choice.chartName()).add(setting()).build();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ChartSwitch that
                && choice.equals(that.choice)
                && scenarios.equals(that.scenarios)
                && images.equals(that.images)
                && failure.equals(that.failure);
    }

    @Override
    public int hashCode() {
        return Objects.hash(choice, scenarios, images, failure);
    }

    /** {@return the place and the option, such as {@code charts/app/values.yaml:12: --set redis.enabled=true}} */
    @Override
    public String toString() {
        Setting setting = setting();
        return Printable.of(file() + ":" + line() + ": " + setting.option().flag() + " " + setting.argument());
    }
}
