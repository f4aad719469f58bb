package io.sealos.images.internal.helm;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The API versions that a cluster has in addition to those built into Helm. The engine has no option for them, so the
 * templates are rewritten: {@code .Capabilities.APIVersions.Has X} becomes true for the given versions as well.
 */
final class ApiVersions {
    private static final Pattern ACTION = Pattern.compile("(?s)\\{\\{.*?\\}\\}");
    private static final Pattern QUESTION = Pattern.compile("((?:\\$[\\w.]*)?\\.Capabilities\\.APIVersions\\.Has)\\s+"
            + "(\"(?:[^\"\\\\]|\\\\.)*\"|`[^`]*`|\\$?[\\w.]+|\\((?:[^()]|\\([^()]*\\))*\\))");

    private final String given;

    private ApiVersions(String given) {
        this.given = given;
    }

    static ApiVersions of(List<String> versions) {
        return new ApiVersions(versions.stream()
                .map(it -> '"' + it.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(" ")));
    }

    /** Rewrites the templates in the copy of a chart, including those of its dependencies. */
    void grant(Path chart) throws IOException {
        if (given.isEmpty()) {
            return;
        }
        List<Path> templates;
        try (Stream<Path> files = Files.walk(chart)) {
            templates = files.filter(it -> chart.relativize(it).toString().contains("templates"))
                    .filter(Files::isRegularFile)
                    .toList();
        }
        for (Path template : templates) {
            String text = Files.readString(template, StandardCharsets.ISO_8859_1);
            Files.writeString(template, grant(text), StandardCharsets.ISO_8859_1);
        }
    }

    private String grant(String text) {
        String wider = "or ($1 $2) (has $2 (list " + Matcher.quoteReplacement(given) + "))";
        StringBuilder granted = new StringBuilder();
        int at = 0;
        for (Matcher action = ACTION.matcher(text); action.find(); at = action.end()) {
            granted.append(text, at, action.start())
                    .append(QUESTION.matcher(action.group()).replaceAll(wider));
        }
        return granted.append(text, at, text.length()).toString();
    }
}
