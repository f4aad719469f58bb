package io.sealos.images;

import io.sealos.images.ChartValues.Option;
import io.sealos.images.ChartValues.Setting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A named set of values with which charts will be installed. A scan renders each chart with its default values and with
 * the values of each scenario, and collects the images of all of them. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class ChartScenario {
    private final String name;
    private final String chart;
    private final ChartValues values;

    private ChartScenario(Builder builder) {
        this.name = builder.name;
        this.chart = builder.chart;
        this.values = ChartValues.of(builder.settings);
    }

    /**
     * {@return a builder of a scenario for all charts}
     *
     * @param name the name that occurrences and problems show
     */
    public static Builder builder(String name) {
        Objects.requireNonNull(name, "name");
        return new Builder(name);
    }

    /** {@return the name that occurrences and problems show} */
    public String name() {
        return name;
    }

    /** {@return the values that override those of the chart} */
    public ChartValues values() {
        return values;
    }

    /** {@return the name of the only chart to which the scenario applies; empty if it applies to all charts} */
    public Optional<String> chart() {
        return Optional.of(chart).filter(it -> !it.isEmpty());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ChartScenario that
                && name.equals(that.name)
                && chart.equals(that.chart)
                && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, chart, values);
    }

    /** {@return the name} */
    @Override
    public String toString() {
        return name;
    }

    /** A builder of {@link ChartScenario}. Not thread-safe. */
    public static final class Builder {
        private final String name;
        private final List<Setting> settings = new ArrayList<>();
        private String chart = "";

        private Builder(String name) {
            this.name = name;
        }

        /**
         * Restricts the scenario to one chart. By default it applies to all charts.
         *
         * @param chartName the name of the chart in {@code Chart.yaml}
         * @return this builder
         */
        public Builder chart(String chartName) {
            Objects.requireNonNull(chartName, "chartName");
            this.chart = chartName;
            return this;
        }

        /**
         * Adds a file of values, like {@code --values}.
         *
         * @param file a YAML file on disk; it overrides the files that were added before
         * @return this builder
         * @throws IllegalArgumentException if the file is in a file system other than the default one, where Helm
         *     cannot read it
         */
        public Builder values(Path file) {
            settings.add(ChartValues.file(file));
            return this;
        }

        /**
         * Sets a value, like {@code --set key=value}. Helm infers the type, and interprets commas, braces and
         * backslashes.
         *
         * @param key the key, such as {@code image.tag} or {@code hosts[0].name}
         * @param value the value, such as {@code true}, {@code 1.10} or {@code {a,b}}
         * @return this builder
         */
        public Builder set(String key, String value) {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(value, "value");
            return add(Option.SET, key + "=" + value);
        }

        /**
         * Sets a string, like {@code --set-string key=value}.
         *
         * @param key the key
         * @param value the value
         * @return this builder
         */
        public Builder setString(String key, String value) {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(value, "value");
            return add(Option.SET_STRING, key + "=" + value);
        }

        /**
         * Sets a value that is given as JSON, like {@code --set-json key=value}.
         *
         * @param key the key
         * @param json the value in JSON
         * @return this builder
         */
        public Builder setJson(String key, String json) {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(json, "json");
            return add(Option.SET_JSON, key + "=" + json);
        }

        Builder add(Setting setting) {
            settings.add(setting);
            return this;
        }

        private Builder add(Option option, String argument) {
            return add(new Setting(option, argument));
        }

        /** {@return the scenario} */
        public ChartScenario build() {
            return new ChartScenario(this);
        }
    }
}
