package io.sealos.images.internal.install;

import io.sealos.images.ChartValues.Option;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chart that a call of Helm installs, or a controller because of an object.
 *
 * @param file the file with the call or the object, relative to the context directory
 * @param line the line of the call or the object
 * @param command {@code install}, {@code upgrade} or {@code template}; or the kind of the object
 * @param release the name of the release
 * @param namespace the namespace of the release
 * @param chart the directory or archive of the chart in the context directory
 * @param values the values
 * @param schemaSkipped whether the values are not validated against the schema of the chart
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
    /** {@return whether a controller installs the chart because of an object, and not a command} */
    public boolean isDeployed() {
        return Character.isUpperCase(command.charAt(0));
    }

    /**
     * An option that gives values.
     *
     * @param option the option
     * @param argument the expression, or the path of the file in the image
     * @param text the text of the file if the script writes the file itself, or null
     * @param file the file of the context directory, or null
     */
    public record GivenValue(
            Option option,
            String argument,
            @Nullable String text,
            @Nullable Path file) {}
}
