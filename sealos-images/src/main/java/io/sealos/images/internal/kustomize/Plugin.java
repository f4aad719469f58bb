package io.sealos.images.internal.kustomize;

import io.sealos.images.internal.yaml.YamlNode;
import io.sealos.images.internal.yaml.YamlNode.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The built-in generators and transformers of kustomize that are configured in separate files. */
final class Plugin {
    private final YamlNode root;

    private Plugin(YamlNode root) {
        this.root = root;
    }

    /** {@return a kustomization with only the equivalent of the generator or transformer} */
    static Kustomization of(Kustomization around, YamlNode root) throws KustomizeException {
        YamlNode same = root.textOf("apiVersion").equals("builtin") ? new Plugin(root).same() : null;
        if (same == null) {
            throw new KustomizeException(
                    root.line(),
                    "the kustomization has the plugin '" + root.textOf("kind") + "', which is not evaluated here");
        }
        return new Kustomization(around.directory(), Fields.KUSTOMIZATION.checked(same, "kustomization"));
    }

    /** {@return the fields to which a transformer applies} */
    static List<YamlNode> fieldSpecs(YamlNode root) throws KustomizeException {
        YamlNode specs = root.get("fieldSpecs");
        return specs == null
                ? List.of()
                : Fields.FIELD_SPECS.checked(specs, "fieldSpecs").items();
    }

    private @Nullable YamlNode same() {
        return switch (root.textOf("kind")) {
            case "ConfigMapGenerator" -> list("configMapGenerator", generator());
            case "HelmChartInflationGenerator" -> chart();
            case "SecretGenerator" -> list("secretGenerator", generator());
            case "ImageTagTransformer" -> image();
            case "PatchTransformer" -> list("patches", only("path", "patch", "target", "options"));
            case "PatchJson6902Transformer" -> json();
            case "PatchStrategicMergeTransformer" -> strategic();
            case "ReplacementTransformer" -> only("replacements");
            case "PrefixTransformer" -> renamed("prefix", "namePrefix");
            case "SuffixTransformer" -> renamed("suffix", "nameSuffix");
            case "NamespaceTransformer" -> namespace();
            case "LabelTransformer" -> list("labels", renamed("labels", "pairs"));
            case "AnnotationsTransformer" -> renamed("annotations", "commonAnnotations");
            case "HashTransformer", "ReplicaCountTransformer" -> start();
            default -> null;
        };
    }

    private YamlNode start() {
        return YamlNode.mapping(new Place(root.line(), root.column()));
    }

    private YamlNode list(String field, YamlNode item) {
        YamlNode empty = YamlNode.sequence(new Place(root.line(), root.column()));
        return start().with(field, empty.withItems(List.of(item)));
    }

    private YamlNode only(String... fields) {
        YamlNode only = start();
        for (String field : fields) {
            YamlNode value = root.get(field);
            only = value == null ? only : only.with(field, value);
        }
        return only;
    }

    private YamlNode renamed(String own, String field) {
        YamlNode value = root.get(own);
        return value == null ? start() : start().with(field, value);
    }

    private YamlNode namespace() {
        YamlNode metadata = root.get("metadata");
        YamlNode value = metadata == null ? null : metadata.get("namespace");
        return value == null ? start() : start().with("namespace", value);
    }

    private YamlNode generator() {
        YamlNode rule = only("literals", "files", "envs", "env", "options", "behavior", "type");
        YamlNode metadata = root.get("metadata");
        for (String field : List.of("name", "namespace")) {
            YamlNode value = metadata == null ? null : metadata.get(field);
            rule = value == null ? rule : rule.with(field, value);
        }
        return rule;
    }

    private YamlNode chart() {
        YamlNode chart = root.with("apiVersion", null).with("kind", null).with("metadata", null);
        YamlNode charts = list("helmCharts", chart.with("chartHome", null).with("configHome", null));
        return charts.with("helmGlobals", only("chartHome", "configHome"));
    }

    private @Nullable YamlNode image() {
        YamlNode image = root.get("imageTag");
        return image == null ? null : list("images", image);
    }

    private YamlNode json() {
        YamlNode patch = only("path", "target");
        YamlNode text = root.get("jsonOp");
        return list("patchesJson6902", text == null ? patch : patch.with("patch", text));
    }

    private YamlNode strategic() {
        YamlNode paths = root.get("paths");
        YamlNode text = root.get("patches");
        YamlNode merges = paths == null ? start() : start().with("patchesStrategicMerge", paths);
        return text == null ? merges : list("patchesStrategicMerge", text);
    }
}
