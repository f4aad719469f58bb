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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes a chart's notes print all its templates. Helm's notes are the one output of a dry installation that has no
 * cluster, and only they can hold hooks: each template of each chart is included from there in the scope of its own
 * chart. The key is random, so that no chart can forge a boundary.
 */
final class BakedNotes {
    private static final String NOTES = """
            {{- define "KEY.walk" -}}
            {{- $scope := .scope -}}
            {{- $base := .base -}}
            {{- range $template := splitList "\\n" ($scope.Files.Get "KEY.list") -}}
            {{- if $template -}}
            {{- $name := printf "%s/%s" $base $template -}}
            {{- $_ := set $scope "Template" (dict "Name" $name "BasePath" (printf "%s/templates" $base)) }}
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

    private final String key;

    BakedNotes(String key) {
        this.key = key;
    }

    void bake(Path chart) throws IOException, ChartFormatException {
        writeLists(chart);
        Path notes = chart.resolve("templates/NOTES.txt");
        Files.createDirectories(chart.resolve("templates"));
        Files.writeString(notes, NOTES.replace("KEY", key));
    }

    private void writeLists(Path chart) throws IOException, ChartFormatException {
        Files.writeString(chart.resolve(key + ".list"), String.join("\n", templates(chart)));
        for (Path dependency : ChartCopy.dependencies(chart)) {
            writeLists(dependency);
        }
    }

    private static List<String> templates(Path chart) throws IOException, ChartFormatException {
        Path folder = chart.resolve("templates");
        if (!Files.isDirectory(folder) || metadata(chart).textOf("type").equals("library")) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
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

    /** The chart's {@code Chart.yaml}. */
    static YamlNode metadata(Path chart) throws IOException, ChartFormatException {
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

    /** The documents of a baked chart's output; null-safe only with the end mark, without it something was lost. */
    List<RenderedDocument> documents(String output) throws ChartFormatException {
        if (!output.contains("\n" + key + " end")) {
            throw new ChartFormatException("the engine's output ends early");
        }
        Matcher marks =
                Pattern.compile("(?m)^" + key + " (?:template (.*)|end)$").matcher(output);
        List<RenderedDocument> documents = new ArrayList<>();
        String template = "";
        int start = 0;
        while (marks.find()) {
            String text = output.substring(start, marks.start());
            if (!template.isEmpty() && !text.isBlank()) {
                documents.add(RenderedDocument.of(template, text));
            }
            template = marks.group(1) == null ? "" : marks.group(1);
            start = Math.min(marks.end() + 1, output.length());
        }
        return documents;
    }
}
