package io.sealos.images.internal.kustomize;

import io.sealos.images.internal.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A path to fields in a configuration, such as {@code spec/containers[]/image}. It includes all items of the lists on
 * the path.
 */
final class FieldSpec {
    /** Changes a field. */
    interface Change {
        YamlNode apply(YamlNode value) throws KustomizeException;
    }

    private final YamlNode spec;
    private final Work work;
    private final List<String> steps = new ArrayList<>();

    /** Creates a path from an entry of a configuration, which has the kinds with the field and the path. */
    FieldSpec(YamlNode spec, Work work) {
        this.spec = spec;
        this.work = work;
        StringBuilder step = new StringBuilder();
        for (String part : spec.textOf("path").split("/", -1)) {
            step.append(part);
            if (part.endsWith("\\")) {
                step.setCharAt(step.length() - 1, '/');
            } else {
                String name = step.toString();
                steps.add(name.endsWith("[]") ? name.substring(0, name.length() - 2) : name);
                step.setLength(0);
            }
        }
    }

    YamlNode change(Resource resource, Change change) throws KustomizeException {
        Identity now = resource.identity();
        boolean meant = is("kind", now.kind()) && is("group", now.group()) && is("version", now.version());
        return meant ? change(resource.root(), 0, change) : resource.root();
    }

    private boolean is(String key, String value) {
        String wanted = spec.textOf(key);
        return wanted.isEmpty() || wanted.equals(value);
    }

    private YamlNode change(YamlNode node, int step, Change change) throws KustomizeException {
        work.step(node.line());
        if (step == steps.size()) {
            return change.apply(node);
        }
        if (node.isNull()) {
            return node;
        }
        if (node.isScalar()) {
            throw new KustomizeException(
                    node.line(),
                    "has '" + node.text() + "' where kustomize follows '" + spec.textOf("path") + "' and stops");
        }
        if (node.isMapping()) {
            YamlNode child = node.get(steps.get(step));
            YamlNode changed = child == null ? null : change(child, step + 1, change);
            return changed == null || changed == child ? node : node.with(steps.get(step), changed);
        }
        List<YamlNode> items = new ArrayList<>(node.items().size());
        for (YamlNode item : node.items()) {
            items.add(change(item, step, change));
        }
        return items.equals(node.items()) ? node : node.withItems(items);
    }
}
