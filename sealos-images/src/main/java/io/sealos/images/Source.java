package io.sealos.images;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a sighting was read from; texts are empty where there is none.
 *
 * @param file the file, relative to the context directory, or that of the chart
 * @param chart the chart's name
 * @param template the file in the chart
 * @param scenarios the values that render it so
 */
record Source(String file, String chart, String template, List<String> scenarios) {
    /** A file that no chart is in. */
    static Source of(String file) {
        return new Source(file, "", "", List.of());
    }

    Source united(Source other) {
        List<String> all = Stream.concat(scenarios.stream(), other.scenarios.stream())
                .distinct()
                .toList();
        return new Source(file, chart, template, all);
    }
}
