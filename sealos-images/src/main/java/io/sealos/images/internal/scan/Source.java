package io.sealos.images.internal.scan;

import io.sealos.images.ImageStorage;
import java.util.List;
import java.util.stream.Stream;

/**
 * The file that a sighting was read from; texts are empty where there is none.
 *
 * @param file the file, relative to the context directory, or that of the chart
 * @param chart the chart's name
 * @param template the file in the chart
 * @param scenarios the values that render it so
 * @param commands the places of the commands that apply it
 * @param storage where the image is taken from
 */
public record Source(
        String file,
        String chart,
        String template,
        List<String> scenarios,
        List<String> commands,
        ImageStorage storage) {
    /** A file that no chart is in. */
    public static Source of(String file) {
        return applied(file, List.of());
    }

    /** A file that commands apply. */
    static Source applied(String file, List<String> commands) {
        return new Source(file, "", "", List.of(), commands, ImageStorage.REGISTRY);
    }

    /** A list of images. */
    static Source listed(String file, ImageStorage storage) {
        return new Source(file, "", "", List.of(), List.of(), storage);
    }

    /** A file of a chart. */
    public static Source ofChart(String file, String chart, String template, List<String> scenarios) {
        return new Source(file, chart, template, scenarios, List.of(), ImageStorage.REGISTRY);
    }

    public Source united(Source other) {
        return new Source(
                file, chart, template, united(scenarios, other.scenarios), united(commands, other.commands), storage);
    }

    private static List<String> united(List<String> some, List<String> others) {
        return Stream.concat(some.stream(), others.stream()).distinct().toList();
    }
}
