package io.sealos.layout.internal.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.sealos.layout.ContextFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A chart in a directory, with the dependencies that it declares and those that it has. */
record ChartDirectory(ContextFile directory) {
    /** A dependency in Chart.yaml or Chart.lock. */
    record Dependency(String name, String version, String repository) {
        boolean isExact() {
            return version.matches("v?[0-9]++\\.[0-9]++\\.[0-9]++([-+].*)?");
        }
    }

    private static final String CHART = "Chart.yaml";

    String path() {
        return directory.path();
    }

    /** {@return whether the directory has a Chart.yaml, without which it is not a chart} */
    boolean isChart() {
        return child(CHART).isPresent();
    }

    private Optional<ContextFile> child(String name) {
        return directory.children().stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst();
    }

    /** {@return the declared dependencies, which charts of API version v1 have in requirements.yaml} */
    List<Dependency> dependencies() {
        List<Dependency> own = dependencies(CHART);
        return own.isEmpty() ? dependencies("requirements.yaml") : own;
    }

    /** {@return the locked dependencies; empty if there is no lock file} */
    Optional<List<Dependency>> locked() {
        return List.of("Chart.lock", "requirements.lock").stream()
                .filter(name -> child(name).isPresent())
                .findFirst()
                .map(this::dependencies);
    }

    String lockName() {
        return path() + (child("Chart.lock").isPresent() ? "/Chart.lock" : "/requirements.lock");
    }

    /** {@return whether the directory {@code charts} of the chart has the dependency, unpacked or as an archive} */
    boolean has(Dependency dependency) {
        Optional<ContextFile> charts = child("charts");
        for (ContextFile child : charts.map(ContextFile::children).orElse(List.of())) {
            String entry = child.name();
            boolean archive = entry.startsWith(dependency.name() + "-") && entry.matches(".*\\.(tgz|tar\\.gz)");
            if (archive || names(entry).contains(dependency.name())) {
                return true;
            }
        }
        return false;
    }

    private Set<String> names(String entry) {
        Set<String> names = new LinkedHashSet<>(Set.of(entry));
        names.add(yaml("charts/" + entry + "/" + CHART).path("name").asText());
        return names;
    }

    private List<Dependency> dependencies(String file) {
        List<Dependency> dependencies = new ArrayList<>();
        yaml(file)
                .path("dependencies")
                .forEach(it -> dependencies.add(new Dependency(
                        it.path("name").asText(),
                        it.path("version").asText(),
                        it.path("repository").asText())));
        return dependencies;
    }

    private JsonNode yaml(String file) {
        String text = directory
                .layout()
                .file(path() + "/" + file)
                .flatMap(ContextFile::text)
                .orElse("");
        try {
            return YamlText.first(text);
        } catch (IOException e) {
            return MissingNode.getInstance(); // Rendering the chart reports it.
        }
    }
}
