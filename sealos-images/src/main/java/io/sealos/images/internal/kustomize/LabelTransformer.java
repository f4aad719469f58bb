package io.sealos.images.internal.kustomize;

import io.sealos.images.internal.yaml.YamlNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Adds labels and annotations to the fields to which kustomize adds them, so that later patches and selectors find
 * them.
 */
final class LabelTransformer {
    private static final List<String> METADATA = List.of("metadata", "labels");
    private static final List<String> TEMPLATE = List.of("spec", "template", "metadata", "labels");
    private static final List<String> ANNOTATIONS = List.of("metadata", "annotations");
    private static final List<String> TEMPLATE_ANNOTATIONS = List.of("spec", "template", "metadata", "annotations");
    private static final List<String> SELECTOR = List.of("spec", "selector");

    private final Kustomization kustomization;

    LabelTransformer(Kustomization kustomization) {
        this.kustomization = kustomization;
    }

    void apply(Resource resource) {
        for (YamlNode entry : kustomization.list("labels")) {
            @Nullable YamlNode pairs = entry.get("pairs");
            if (pairs != null) {
                boolean selectors = entry.textOf("includeSelectors").equals("true");
                boolean templates = entry.textOf("includeTemplates").equals("true");
                add(resource, pairs, selectors || templates, selectors);
            }
        }
        kustomization.fields("commonLabels").ifPresent(pairs -> add(resource, pairs, true, true));
        kustomization.fields("commonAnnotations").ifPresent(pairs -> annotate(resource, pairs));
    }

    private static void annotate(Resource resource, YamlNode pairs) {
        YamlNode root = with(resource.root(), ANNOTATIONS, pairs);
        YamlNode spec = root.get("spec");
        boolean template = spec != null && spec.get("template") != null;
        resource.replace(template ? with(root, TEMPLATE_ANNOTATIONS, pairs) : root);
    }

    private static void add(Resource resource, YamlNode pairs, boolean templates, boolean selectors) {
        YamlNode root = with(resource.root(), METADATA, pairs);
        YamlNode spec = root.get("spec");
        if (templates && spec != null && spec.get("template") != null) {
            root = with(root, TEMPLATE, pairs);
        }
        YamlNode selector = spec == null ? null : spec.get("selector");
        if (selectors && selector != null && selector.isMapping()) {
            boolean match = selector.get("matchLabels") != null
                    || resource.identity().group().equals("apps");
            root = with(root, match ? List.of("spec", "selector", "matchLabels") : SELECTOR, pairs);
        }
        resource.replace(root);
    }

    private static YamlNode with(YamlNode node, List<String> path, YamlNode pairs) {
        YamlNode start = node.isMapping() ? node : YamlNode.mapping(new YamlNode.Place(pairs.line(), pairs.column()));
        if (path.isEmpty()) {
            YamlNode all = start;
            for (YamlNode.Entry pair : pairs.entries()) {
                all = all.with(pair.key(), pair.value());
            }
            return all;
        }
        YamlNode child = start.get(path.get(0));
        YamlNode inner = child == null ? YamlNode.mapping(new YamlNode.Place(pairs.line(), pairs.column())) : child;
        return start.with(path.get(0), with(inner, path.subList(1, path.size()), pairs));
    }
}
