package io.sealos.images.internal.template;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A chart that renders one template as sealos does: with the functions of sprig, and with the environment as its only
 * values.
 */
public final class TemplateChart {
    private static final String TEMPLATE = "{{ tpl (.Files.Get \"source\") .Values }}";
    private static final String CHART = "apiVersion: v2\nname: template\nversion: 1.0.0\n";

    private TemplateChart() {}

    /**
     * Writes the chart.
     *
     * @param directory a directory that does not exist yet
     * @param template the text of the template
     * @param environment the environment variables
     */
    public static void write(Path directory, String template, Map<String, String> environment) throws IOException {
        Files.createDirectories(directory.resolve("templates"));
        Files.writeString(directory.resolve("Chart.yaml"), CHART);
        Files.writeString(directory.resolve("values.yaml"), new ObjectMapper().writeValueAsString(environment));
        Files.writeString(directory.resolve("source"), template);
        Files.writeString(directory.resolve("templates").resolve("manifest.yaml"), TEMPLATE);
    }
}
