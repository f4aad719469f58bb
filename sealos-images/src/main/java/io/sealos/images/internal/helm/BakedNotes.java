package io.sealos.images.internal.helm;

import io.sealos.images.RenderedDocument;
import io.sealos.images.internal.yaml.YamlFormatException;
import io.sealos.images.internal.yaml.YamlNode;
import io.sealos.images.internal.yaml.YamlTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes the notes of a chart print all its templates. The notes are the only output of a dry run without a cluster that
 * can include hooks. They include each template of each chart, in the scope of that chart. The key is random, so that
 * no chart can forge a boundary.
 *
 * <p>The original notes of the chart are kept under another name, because the installation also fails if they fail.
 *
 * <p>Helm itself would render each template once more before the notes. A condition around the text of the template
 * makes it empty in that case, because generating certificates, for example, takes seconds.
 */
final class BakedNotes {
    private static final String NOTES = """
            {{- define "KEY.walk" -}}
            {{- $scope := .scope -}}
            {{- $base := .base -}}
            {{- range $template := splitList "\\n" ($scope.Files.Get "KEY.list") -}}
            {{- if $template -}}
            {{- $name := printf "%s/%s" $base $template -}}
            {{- $_ := set $scope "Template" (dict "KEY" true "Name" $name "BasePath" (printf "%s/templates" $base)) }}
            KEY template {{ $name }}
            {{ include $name $scope }}
            {{- end -}}
            {{- end -}}
            {{- range $key, $sub := $scope.Subcharts }}
            {{ include "KEY.walk" (dict "scope" $sub "base" (printf "%s/charts/%s" $base $key)) }}
            {{- end -}}
            {{- end -}}
            {{ include "KEY.walk" (dict "scope" . "base" .Chart.Name) }}
            KEY end
            """;

    /** A condition that makes the template empty if Helm itself renders it, and not if another template includes it. */
    private static final String ONLY_INCLUDED = "{{ if not (and (kindIs \"map\" .) (kindIs \"map\" .Template)"
            + " (eq .Template.Name \"NAME\") (not .Template.KEY)) }}";

    private static final Pattern DEFINITION = Pattern.compile("\\{\\{-?\\s{0,100}(?:define|block)\\b");

    private static final String TEMPLATE = "template ";

    private final String key;

    private BakedNotes(String key) {
        this.key = key;
    }

    static BakedNotes ofRandomKey() {
        return new BakedNotes("baked" + UUID.randomUUID().toString().replace("-", ""));
    }

    void bake(Path chart) throws IOException {
        bake(chart, metadata(chart).textOf("name"));
        Path notes = Files.createDirectories(chart.resolve("templates")).resolve("NOTES.txt");
        if (Files.isRegularFile(notes)) {
            // Helm renders it with the other templates, so it can fail, and drops the output of a file with such a
            // name.
            Files.move(notes, notes.resolveSibling(key + "NOTES.txt"));
        }
        Files.writeString(notes, NOTES.replace("KEY", key));
    }

    private void bake(Path chart, String name) throws IOException {
        List<String> templates = templates(chart);
        Files.writeString(chart.resolve(key + ".list"), String.join("\n", templates));
        for (String template : templates) {
            leaveToNotes(chart.resolve(template), name + "/" + template);
        }
        for (Path dependency : ChartCopy.dependencies(chart)) {
            bake(dependency, name + "/charts/" + metadata(dependency).textOf("name"));
        }
    }

    /**
     * Makes a template render only when the notes include it. A file with definitions is not changed, because these
     * must be at the top level.
     */
    private void leaveToNotes(Path file, String name) throws IOException {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        if (!DEFINITION.matcher(text).find() && name.matches("[\\w./ -]*")) {
            String start = ONLY_INCLUDED.replace("NAME", name).replace("KEY", key);
            Files.writeString(file, start + text + "{{ end }}", StandardCharsets.ISO_8859_1);
        }
    }

    private static List<String> templates(Path chart) throws IOException {
        Path directory = chart.resolve("templates");
        if (!Files.isDirectory(directory) || metadata(chart).textOf("type").equals("library")) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> chart.relativize(file).toString().replace('\\', '/'))
                    .filter(BakedNotes::isManifest)
                    .sorted()
                    .toList();
        }
    }

    private static boolean isManifest(String name) {
        String last = name.substring(name.lastIndexOf('/') + 1);
        return !last.startsWith("_") && !last.endsWith("NOTES.txt") && name.indexOf('\n') < 0;
    }

    /** {@return the {@code Chart.yaml} of the chart} */
    static YamlNode metadata(Path chart) throws IOException {
        Path file = chart.resolve("Chart.yaml");
        if (!Files.isRegularFile(file)) {
            throw new ChartFormatException("Chart.yaml file is missing");
        }
        try {
            YamlNode root = YamlTree.parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8), 1);
            if (root == null || root.textOf("name").isEmpty()) {
                throw new ChartFormatException("Chart.yaml has no name");
            }
            return root;
        } catch (YamlFormatException e) {
            throw new ChartFormatException("Chart.yaml:" + e.line() + ": " + e.getMessage());
        }
    }

    /**
     * {@return the documents in the output of a rewritten chart} Output without the end mark is incomplete, and is
     * refused.
     */
    List<RenderedDocument> documents(String output) throws ChartFormatException {
        if (!output.contains("\n" + key + " end")) {
            throw new ChartFormatException("the engine's output ends early");
        }
        List<RenderedDocument> documents = new ArrayList<>();
        String template = "";
        int start = 0;
        for (int mark = mark(output, 0); mark >= 0; mark = mark(output, start)) {
            String text = output.substring(start, mark);
            if (!template.isEmpty() && !text.isBlank()) {
                documents.add(RenderedDocument.of(template, text));
            }
            int end = output.indexOf('\n', mark);
            String line = output.substring(mark + key.length() + 1, end < 0 ? output.length() : end);
            template = line.startsWith(TEMPLATE) ? line.substring(TEMPLATE.length()) : "";
            start = end < 0 ? output.length() : end + 1;
        }
        return documents;
    }

    /** {@return the start of the next line that begins with the key; -1 if there is none} */
    private int mark(String output, int from) {
        int mark = output.indexOf(key + " ", from);
        while (mark > 0 && output.charAt(mark - 1) != '\n') {
            mark = output.indexOf(key + " ", mark + 1);
        }
        return mark;
    }
}
