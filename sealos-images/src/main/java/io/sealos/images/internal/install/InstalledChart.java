package io.sealos.images.internal.install;

import io.sealos.images.ChartValues.Option;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chart as one Helm call installs it.
 *
 * @param file the file with the call, relative to the context
 * @param line its line
 * @param command {@code install}, {@code upgrade} or {@code template}
 * @param release the release's name
 * @param namespace its namespace
 * @param chart the chart's directory or archive in the context
 * @param values the values
 * @param schemaSkipped whether the values are not checked by the chart's schema
 */
public record InstalledChart(
        String file,
        int line,
        String command,
        String release,
        String namespace,
        Path chart,
        List<GivenValue> values,
        boolean schemaSkipped) {
    /**
     * One option that gives values.
     *
     * @param option the option
     * @param argument the expression, or the path of the file
     * @param text the text of the file where the script writes it itself, or null
     */
    public record GivenValue(
            Option option, String argument, @Nullable String text) {}
}
