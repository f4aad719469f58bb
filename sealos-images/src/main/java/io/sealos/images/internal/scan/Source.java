package io.sealos.images.internal.scan;

import io.sealos.images.ImageStorage;
import java.util.List;
import java.util.stream.Stream;

/**
 * The file that contains an occurrence. A property that does not exist is an empty text.
 *
 * @param file the file, relative to the context directory; for a chart, the directory or archive of the chart
 * @param chart the name of the chart
 * @param template the file in the chart
 * @param scenarios the scenarios with which the template was rendered
 * @param commands the places of the commands that apply it
 * @param replaced the places of the values that a kustomization replaced with this one, the first one first
 * @param storage the source from which the image is saved
 */
public record Source(
        String file,
        String chart,
        String template,
        List<String> scenarios,
        List<String> commands,
        List<String> replaced,
        ImageStorage storage) {
    /** {@return a file outside of charts} */
    public static Source of(String file) {
        return applied(file, List.of());
    }

    /** {@return a file that commands apply} */
    static Source applied(String file, List<String> commands) {
        return new Source(file, "", "", List.of(), commands, List.of(), ImageStorage.REGISTRY);
    }

    /** {@return a list of images} */
    static Source listed(String file, ImageStorage storage) {
        return new Source(file, "", "", List.of(), List.of(), List.of(), storage);
    }

    /** {@return a file of a chart} */
    public static Source ofChart(String file, String chart, String template, List<String> scenarios) {
        return new Source(file, chart, template, scenarios, List.of(), List.of(), ImageStorage.REGISTRY);
    }

    public Source united(Source other) {
        return new Source(
                file,
                chart,
                template,
                united(scenarios, other.scenarios),
                united(commands, other.commands),
                united(replaced, other.replaced),
                storage);
    }

    /** {@return this file with a path before its own and those of its commands and replaced values} */
    public Source within(String prefix) {
        List<String> places = commands.stream().map(it -> prefix + it).toList();
        List<String> values = replaced.stream().map(it -> prefix + it).toList();
        return new Source(prefix + file, chart, template, scenarios, places, values, storage);
    }

    private static List<String> united(List<String> some, List<String> others) {
        return Stream.concat(some.stream(), others.stream()).distinct().toList();
    }
}
