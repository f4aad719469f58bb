package io.sealos.images.internal.kustomize;

import io.sealos.images.internal.yaml.YamlNode;
import io.sealos.images.internal.yaml.YamlNode.Place;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A kustomization file whose fields have the form that kustomize accepts.
 *
 * @param directory the directory of the file, to which names in it are relative
 * @param root the only document of the file
 */
record Kustomization(Path directory, YamlNode root) {
    /** The possible names of the file. */
    static final List<String> NAMES = List.of("kustomization.yaml", "kustomization.yml", "Kustomization");

    private static final String COMPONENT = "Component";
    private static final String OLD_CHARTS = "helmChartInflationGenerator";
    /** The names of the fields of the deprecated charts, and those of the current ones. */
    private static final Map<String, String> CHART_FIELDS = Map.of(
            "chartName", "name",
            "chartVersion", "version",
            "chartRepoUrl", "repo",
            "values", "valuesFile",
            "valuesLocal", "valuesInline");

    /**
     * {@return the kustomization in a document}
     *
     * @throws KustomizeException if kustomize would refuse the document
     */
    static Kustomization of(Path directory, YamlNode document) throws KustomizeException {
        YamlNode root = Fields.KUSTOMIZATION.checked(document, "kustomization");
        Kustomization kustomization = new Kustomization(directory, root);
        boolean component = kustomization.isComponent();
        String version = "kustomize.config.k8s.io/v1" + (component ? "alpha1" : "beta1");
        String kind = root.textOf("kind");
        if (!kind.isEmpty() && !component && !kind.equals("Kustomization")) {
            throw new KustomizeException(root.line(), "the kustomization has the kind '" + kind + "'");
        }
        if (!List.of("", version).contains(root.textOf("apiVersion"))) {
            throw new KustomizeException(
                    root.line(),
                    "the kustomization has the apiVersion '" + root.textOf("apiVersion") + "' in place of " + version);
        }
        if (root.entries().stream()
                .allMatch(it -> it.key().equals("kind") || it.key().equals("apiVersion"))) {
            throw new KustomizeException(root.line(), "the kustomization is empty");
        }
        YamlNode old = root.get(OLD_CHARTS);
        return old == null ? kustomization : new Kustomization(directory, withCharts(root, old));
    }

    /** {@return a kustomization with the charts of the deprecated field among those of the current one} */
    private static YamlNode withCharts(YamlNode root, YamlNode old) {
        Place place = new Place(old.line(), old.column());
        List<YamlNode> charts = new ArrayList<>();
        YamlNode globals = root.get("helmGlobals");
        for (YamlNode entry : old.items()) {
            YamlNode chart = YamlNode.mapping(new Place(entry.line(), entry.column()));
            for (YamlNode.Entry field : entry.entries()) {
                chart = chart.with(CHART_FIELDS.getOrDefault(field.key(), field.key()), field.value());
            }
            YamlNode home = entry.get("chartHome");
            globals = home == null ? globals : YamlNode.mapping(place).with("chartHome", home);
            charts.add(chart);
        }
        YamlNode present = root.get("helmCharts");
        charts.addAll(0, present == null ? List.of() : present.items());
        return root.with("helmCharts", YamlNode.sequence(place).withItems(charts))
                .with("helmGlobals", globals);
    }

    boolean isComponent() {
        return root.textOf("kind").equals(COMPONENT);
    }

    List<YamlNode> list(String field) {
        @Nullable YamlNode list = root.get(field);
        return list == null ? List.of() : list.items();
    }

    Optional<YamlNode> fields(String field) {
        return Optional.ofNullable(root.get(field));
    }

    /** {@return the first name in a value, for messages} */
    static String detail(YamlNode value) {
        for (YamlNode item : value.items()) {
            String repository = item.textOf("repo");
            String text = item.isScalar() ? item.text() : repository.isEmpty() ? item.textOf("name") : repository;
            if (!text.isEmpty()) {
                return " (" + text.lines().findFirst().orElse("") + ")";
            }
        }
        return "";
    }
}
