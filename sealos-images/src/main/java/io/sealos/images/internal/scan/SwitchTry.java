package io.sealos.images.internal.scan;

import io.sealos.images.ChartValues.Option;
import io.sealos.images.ChartValues.Setting;
import io.sealos.images.ImageReference;
import java.util.Set;

/**
 * A switch of a chart that was tried on top of values with which the chart is installed.
 *
 * @param choice the switch with the value that was tried
 * @param scenario the name of the scenario with the other values
 * @param images the images of the chart with this value that are not in its output without it, as far as they would be
 *     saved
 * @param failure the reason why the chart does not render with this value; empty if it does
 */
public record SwitchTry(Choice choice, String scenario, Set<ImageReference> images, String failure) {
    /**
     * A switch of a chart with a value.
     *
     * @param chart the chart, relative to the context directory
     * @param chartName the name of the chart
     * @param key the key, as {@code --set} accepts it
     * @param value the value as text
     * @param isText whether the value is a text, unlike {@code true} and {@code false}
     * @param file the file with the key, relative to the context directory
     * @param line the line in that file
     */
    public record Choice(
            String chart, String chartName, String key, String value, boolean isText, String file, int line) {
        /** {@return the option of {@code helm install} that chooses the value} */
        public Setting setting() {
            boolean inferred = value.matches("(?i)true|false|null|[-+]?[0-9]{1,100}");
            Option option = isText && inferred ? Option.SET_STRING : Option.SET;
            String escaped = value.replace("\\", "\\\\").replace(",", "\\,");
            return new Setting(option, key + "=" + (escaped.startsWith("{") ? "\\" : "") + escaped);
        }
    }
}
