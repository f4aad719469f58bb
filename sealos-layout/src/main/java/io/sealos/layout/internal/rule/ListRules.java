package io.sealos.layout.internal.rule;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import io.sealos.images.StandardDirectory;
import io.sealos.layout.ClusterImageLayout;
import io.sealos.layout.ContextFile;
import io.sealos.layout.ContextFile.Kind;
import io.sealos.layout.FindingSink;
import io.sealos.layout.LayoutRule;
import io.sealos.layout.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Rules about files that sealos reads because of their names: lists, linked manifests, and {@code config.yml}. */
final class ListRules {
    private static final String IGNORE_LIST = ".sealignore";
    private static final String CONFIG = "config.yml";
    private static final Pattern MANIFEST = Pattern.compile("(?s).*\\.(ya?ml|tmpl)");

    static final List<LayoutRule> ALL = List.of(
            LayoutRule.of(
                    "list-endless",
                    Severity.ERROR,
                    "A directory, or a link to one, stands where sealos reads a list, and it reads that for ever.",
                    ListRules::endless),
            LayoutRule.of(
                    "list-link-broken",
                    Severity.ERROR,
                    "A link in images/shim or to a manifest leads to no file, and a build with sealos stops at it.",
                    ListRules::linkBroken),
            LayoutRule.of(
                    "config-file-unread",
                    Severity.ERROR,
                    "Sealos cannot read the file config.yml of the image: sealos run crashes, or ignores the file.",
                    ListRules::configUnread));

    private ListRules() {}

    private static void endless(ClusterImageLayout layout, FindingSink findings) {
        Stream<ContextFile> lists = Stream.concat(
                Stream.of(StandardDirectory.SKOPEO_TAR_LIST, IGNORE_LIST)
                        .flatMap(path -> layout.file(path).stream())
                        .filter(file -> Files.isDirectory(file.toPath())),
                Stream.concat(
                                layout.file(StandardDirectory.SHIM).stream(),
                                layout.filesBelow(StandardDirectory.SHIM).stream())
                        .filter(file -> file.kind() == Kind.LINK && Files.isDirectory(file.toPath())));
        lists.forEach(file -> findings.report(
                file.path(),
                file.kind() == Kind.LINK
                        ? "the link leads to a directory, and sealos reads it as a list, for ever"
                        : "it is a directory, and sealos reads it as a list, for ever",
                file.kind() == Kind.LINK ? "put the files themselves there" : "make it a file, or remove it"));
    }

    private static void linkBroken(ClusterImageLayout layout, FindingSink findings) {
        layout.filesBelow(StandardDirectory.SHIM).stream()
                .filter(file -> file.kind() == Kind.LINK && !Files.exists(file.toPath()))
                .forEach(file -> report(file, "the link leads to nothing", findings));
        layout.filesBelow(StandardDirectory.MANIFESTS).stream()
                .filter(file -> file.kind() == Kind.LINK && !Files.isRegularFile(file.toPath()))
                .filter(file ->
                        MANIFEST.matcher(file.name().toLowerCase(Locale.ROOT)).matches())
                .forEach(file -> report(
                        file,
                        Files.exists(file.toPath())
                                ? "the link has the name of a manifest and leads to a directory"
                                : "the link leads to nothing",
                        findings));
    }

    private static void report(ContextFile file, String problem, FindingSink findings) {
        findings.report(file.path(), problem + ", and a build with sealos stops at it", "mend or remove the link");
    }

    private static void configUnread(ClusterImageLayout layout, FindingSink findings) {
        ImagePaths paths = new ImagePaths(layout);
        boolean atRoot = paths.copies().stream()
                .flatMap(copy -> paths.places(copy, CONFIG))
                .anyMatch(CONFIG::equals);
        Optional<String> text = layout.file(CONFIG).filter(file -> atRoot).flatMap(ContextFile::text);
        text.flatMap(ListRules::configProblem)
                .ifPresent(problem -> findings.report(
                        CONFIG,
                        problem,
                        "write documents of the kind Config in it, with a path and with data that is a text, or put"
                                + " the file under another name"));
    }

    private static Optional<String> configProblem(String text) {
        List<JsonNode> documents;
        try {
            documents = YamlText.all(text);
        } catch (JacksonException e) {
            return Optional.of("sealos reads config.yml for its Config documents, and leaves all of it out, as it is"
                    + " not YAML: " + e.getOriginalMessage().lines().findFirst().orElse(""));
        } catch (IOException e) {
            return Optional.empty(); // Reading a text in memory cannot fail.
        }
        List<JsonNode> configs = documents.stream()
                .filter(it -> it.path("kind").asText().equals("Config"))
                .map(it -> it.path("spec"))
                .toList();
        if (configs.isEmpty()) {
            return Optional.of("sealos reads config.yml for its Config documents, and crashes where there is none");
        }
        return configs.stream()
                .flatMap(spec -> undecodable(spec).stream())
                .findFirst()
                .map(part -> "sealos reads config.yml for its Config documents, and leaves all of it out, as " + part
                        + " of one is not as it has to be")
                .or(() -> configs.stream().anyMatch(ListRules::hasNoPath)
                        ? Optional.of("sealos run stops at a Config document in config.yml that has no spec.path")
                        : Optional.empty());
    }

    /** {@return the field of a Config whose type is wrong, such as a list instead of a text; empty if none is} */
    private static Optional<String> undecodable(JsonNode spec) {
        if ((spec.isValueNode() && !spec.isNull()) || spec.isArray()) {
            return Optional.of("spec");
        }
        return Stream.of("match", "strategy", "data", "path")
                .filter(name -> spec.path(name).isContainerNode())
                .map("spec."::concat)
                .findFirst();
    }

    /** {@return whether the Config has no path, unless it matches another image, so that sealos ignores it} */
    private static boolean hasNoPath(JsonNode spec) {
        return spec.path("path").asText("").isEmpty()
                && spec.path("match").asText("").isEmpty();
    }
}
