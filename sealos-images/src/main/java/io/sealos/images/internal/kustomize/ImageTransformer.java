package io.sealos.images.internal.kustomize;

import io.sealos.images.internal.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Puts the entries of {@code images:} into objects: in every list of containers wherever it lies, but in no
 * CustomResourceDefinition, and in the fields that configurations name.
 */
final class ImageTransformer {
    private static final Set<String> LISTS = Set.of("containers", "initContainers");

    private final List<ImageEntry> entries;
    private final List<YamlNode> fields;
    private final Work work;

    /**
     * Takes the entries in their order.
     *
     * @param fields the entries of {@code images:} of configurations
     */
    ImageTransformer(List<ImageEntry> entries, List<YamlNode> fields, Work work) {
        this.entries = entries;
        this.fields = fields;
        this.work = work;
    }

    void apply(Resource resource) throws KustomizeException {
        for (ImageEntry entry : entries) {
            YamlNode root = resource.root();
            for (YamlNode field : fields) {
                if (Selector.ofReplacement(field).test(resource)) {
                    root = FieldPath.ofSlashes(field.textOf("path")).change(root, entry::apply);
                }
            }
            resource.replace(resource.kind().equals("CustomResourceDefinition") ? root : containers(root, entry));
        }
    }

    private YamlNode containers(YamlNode node, ImageEntry entry) throws KustomizeException {
        work.step(node.line());
        if (node.isSequence()) {
            return items(node, entry);
        }
        YamlNode changed = node;
        for (YamlNode.Entry field : node.entries()) {
            YamlNode value = LISTS.contains(field.key()) && field.value().isSequence()
                    ? images(field.value(), entry)
                    : containers(field.value(), entry);
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

    private static YamlNode images(YamlNode list, ImageEntry entry) {
        List<YamlNode> items = new ArrayList<>(list.items().size());
        for (YamlNode item : list.items()) {
            YamlNode image = item.get("image");
            YamlNode changed = image == null ? null : entry.apply(image);
            items.add(changed == null || changed == image ? item : item.with("image", changed));
        }
        return items.equals(list.items()) ? list : list.withItems(items);
    }
}
