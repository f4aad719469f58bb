package io.sealos.images.internal.kustomize;

import io.sealos.images.internal.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Applies the entries of {@code images:} to objects: to every list of containers at any depth, except in a
 * CustomResourceDefinition, and to the fields that configurations name.
 */
final class ImageTransformer {
    private static final Set<String> LISTS = Set.of("containers", "initContainers");

    private final List<ImageEntry> entries;
    private final List<FieldSpec> fields;
    private final Work work;

    /**
     * Creates a transformer for the entries in their order.
     *
     * @param fields the fields of configurations, to which each entry is applied after the lists of containers
     */
    ImageTransformer(List<ImageEntry> entries, List<FieldSpec> fields, Work work) {
        this.entries = entries;
        this.fields = fields;
        this.work = work;
    }

    void apply(Resource resource) throws KustomizeException {
        if (resource.kind().equals("CustomResourceDefinition")) {
            return;
        }
        for (ImageEntry entry : entries) {
            resource.replace(containers(resource.root(), entry));
            for (FieldSpec field : fields) {
                resource.replace(field.change(resource, entry::apply));
            }
        }
    }

    private YamlNode containers(YamlNode node, ImageEntry entry) throws KustomizeException {
        work.step(node.line());
        if (node.isSequence()) {
            return items(node, entry);
        }
        YamlNode changed = node;
        for (YamlNode.Entry field : node.entries()) {
            YamlNode inner = containers(field.value(), entry);
            YamlNode value = LISTS.contains(field.key()) && inner.isSequence() ? images(inner, entry) : inner;
            changed = value == field.value() ? changed : changed.with(field.key(), value);
        }
        return changed;
    }

    private YamlNode items(YamlNode list, ImageEntry entry) throws KustomizeException {
        List<YamlNode> items = new ArrayList<>(list.items().size());
        for (YamlNode item : list.items()) {
            items.add(containers(item, entry));
        }
        return items.equals(list.items()) ? list : list.withItems(items);
    }

    private static YamlNode images(YamlNode list, ImageEntry entry) throws KustomizeException {
        List<YamlNode> items = new ArrayList<>(list.items().size());
        for (YamlNode item : list.items()) {
            YamlNode image = item.get("image");
            YamlNode changed = image == null ? null : entry.apply(image);
            items.add(changed == null || changed == image ? item : item.with("image", changed));
        }
        return items.equals(list.items()) ? list : list.withItems(items);
    }
}
