package io.sealos.images.internal.template;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sealos.images.RenderedChart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A chart that renders one template as sealos does: with the functions of sprig, and with the environment as its dot.
 * The text is encoded in Base64, because Helm reads what a chart renders as YAML, and removes the texts {@code <no
 * value>}.
 *
 * @param source the template
 * @param earlier the definitions of the templates that sealos parses before it
 * @param whole whether the dot is a mapping of texts as in sealos, in which a variable that is not set is an empty
 *     text, and not one of any values
 */
record TemplateChart(String source, String earlier, boolean whole) {
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    private static final String PARTIAL = "_source.tpl";
    private static final String KEY = "text: \"";
    private static final Pattern PLACE = Pattern.compile("templates/" + PARTIAL + ":([0-9]{1,7})");
    private static final String STOPPED = "execution error at (template/templates/text.yaml:1:9): ";
    private static final Pattern BEFORE_REASON =
            Pattern.compile(":[0-9]{1,7}(:[0-9]{1,7})?\\)?: (executing \"[^\"]{0,1000}\" )?");

    /**
     * Writes the chart.
     *
     * @param directory a directory that does not exist yet
     * @param functions the functions that Helm does not have
     * @param environment the environment variables
     */
    void write(Path directory, String functions, Map<String, String> environment) throws IOException {
        Path templates = Files.createDirectories(directory.resolve("templates"));
        Path first = Files.createDirectory(templates.resolve("first"));
        Files.writeString(
                directory.resolve("Chart.yaml"),
                "apiVersion: v2\nname: template\nversion: 1.0.0\nannotations: " + JSON.writeValueAsString(environment));
        Files.writeString(
                directory.resolve("values.yaml"), JSON.writeValueAsString(Map.of("environment", environment)));
        Files.writeString(templates.resolve(PARTIAL), source);
        Files.writeString(first.resolve("_earlier.tpl"), earlier);
        Files.writeString(first.resolve("_functions.tpl"), functions);
        Files.writeString(
                templates.resolve("text.yaml"),
                "text: {{ include \"template/templates/" + PARTIAL + "\" "
                        + (whole ? ".Chart.Annotations" : ".Values.environment") + " | b64enc | quote }}\n");
    }

    /** {@return the text of a chart that was rendered; empty if the engine returned other documents} */
    static Optional<String> text(RenderedChart rendered) {
        StringBuilder all = new StringBuilder();
        rendered.documents().forEach(it -> all.append(it.text()));
        if (rendered.documents().isEmpty()) {
            return Optional.of("");
        }
        int start = all.indexOf(KEY) + KEY.length();
        int end = all.indexOf("\"", start);
        if (start < KEY.length() || end < 0) {
            return Optional.empty();
        }
        return Optional.of(new String(Base64.getDecoder().decode(all.substring(start, end)), StandardCharsets.UTF_8));
    }

    /** {@return the line of the template at which a failure of Helm is, or 0} */
    static int line(String failure) {
        Matcher place = PLACE.matcher(failure);
        return place.find() ? Integer.parseInt(place.group(1)) : 0;
    }

    /** {@return a failure of Helm without the names of the chart} */
    static String reason(String failure) {
        if (failure.startsWith(STOPPED)) {
            return failure.substring(STOPPED.length());
        }
        int place = failure.lastIndexOf(PARTIAL + ":");
        String rest = failure.substring(place < 0 ? 0 : place + PARTIAL.length());
        Matcher before = BEFORE_REASON.matcher(rest);
        return before.lookingAt() ? rest.substring(before.end()) : failure;
    }
}
