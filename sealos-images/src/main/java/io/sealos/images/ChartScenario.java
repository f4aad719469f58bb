package io.sealos.images;

import io.sealos.images.ChartValues.Option;
import io.sealos.images.ChartValues.Setting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Values with which charts will be installed in some places. A scan renders each chart with its default values and with
 * those of each scenario, and unites the images. Immutable and thread-safe.
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
     * @param name the name that occurrences and problems will show
     */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    /** {@return the name that occurrences and problems show} */
    public String name() {
        return name;
    }

    /** {@return the values that win over the chart's own} */
    public ChartValues values() {
        return values;
    }

    /** {@return the name of the only chart that the scenario is for; empty if it is for all charts} */
    public Optional<String> chart() {
        return Optional.of(chart).filter(it -> !it.isEmpty());
    }

    /** Collects the values of a scenario; not thread-safe. */
    public static final class Builder {
        private final String name;
        private final List<Setting> settings = new ArrayList<>();
        private String chart = "";

        private Builder(String name) {
            this.name = name;
        }

        /**
         * Restricts the scenario to one chart; it is for all charts if not called.
         *
         * @param chartName the name that {@code Chart.yaml} gives the chart
         * @return this builder
         */
        public Builder chart(String chartName) {
            this.chart = chartName;
            return this;
        }

        /**
         * Adds a file of values, as {@code --values}.
         *
         * @param file YAML; it wins over those added before
         * @return this builder
         */
        public Builder values(Path file) {
            return add(Option.VALUES, file.toAbsolutePath().toString());
        }

        /**
         * Sets a value, as {@code --set key=value}: the type is guessed, and commas, braces and backslashes mean what
         * they mean to Helm.
         *
         * @param key such as {@code image.tag} or {@code hosts[0].name}
         * @param value such as {@code true}, {@code 1.10} or {@code {a,b}}
         * @return this builder
         */
        public Builder set(String key, String value) {
            return add(Option.SET, key + "=" + value);
        }

        /**
         * Sets a string, as {@code --set-string key=value}.
         *
         * @param key the key
         * @param value the value
         * @return this builder
         */
        public Builder setString(String key, String value) {
            return add(Option.SET_STRING, key + "=" + value);
        }

        /**
         * Sets a value given as JSON, as {@code --set-json key=value}.
         *
         * @param key the key
         * @param json the value
         * @return this builder
         */
        public Builder setJson(String key, String json) {
            return add(Option.SET_JSON, key + "=" + json);
        }

        private Builder add(Option option, String argument) {
            settings.add(new Setting(option, argument));
            return this;
        }

        /** {@return the scenario} */
        public ChartScenario build() {
            return new ChartScenario(this);
        }
    }
}
