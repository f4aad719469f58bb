package io.sealos.images.internal.kustomize;

import io.sealos.images.internal.yaml.YamlNode;
import io.sealos.images.internal.yaml.YamlNode.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Replaces the variables of kustomizations, a deprecated way to copy fields: {@code $(NAME)} in the arguments, commands
 * and environments of containers, in labels and annotations, and in the fields that configurations name.
 */
final class Variables {
    private static final String PODS = "spec/template/spec";
    private static final Map<String, String> POD_OF_KIND = Map.of(
            "CronJob", "spec/jobTemplate/spec/template/spec",
            "DaemonSet", PODS,
            "Deployment", PODS,
            "Job", PODS,
            "Pod", "spec",
            "ReplicaSet", PODS,
            "StatefulSet", PODS);
    private static final Place START = new Place(1, 1);

    private final Accumulation all;
    private final Work work;

    Variables(Accumulation all, Work work) {
        this.all = all;
        this.work = work;
    }

    void apply() throws KustomizeException {
        Map<String, YamlNode> values = new TreeMap<>();
        for (YamlNode variable : all.variables()) {
            String name = variable.textOf("name");
            if (values.put(name, value(variable)) != null) {
                throw new KustomizeException(variable.line(), "has the variable '" + name + "' twice");
            }
        }
        if (values.isEmpty()) {
            return;
        }
        for (FieldSpec field : fields()) {
            for (Resource resource : all.resources()) {
                resource.replace(field.change(resource, it -> replaced(it, values)));
            }
        }
    }

    private YamlNode value(YamlNode variable) throws KustomizeException {
        YamlNode object = variable.get("objref");
        YamlNode field = variable.get("fieldref");
        String path = field == null ? "" : field.textOf("fieldpath");
        if (object == null) {
            throw new KustomizeException(variable.line(), "has a variable without an object");
        }
        List<Resource> found = all.resources().stream()
                .filter(it -> it.identities().stream().anyMatch(id -> isMeant(id, object)))
                .toList();
        if (found.size() != 1) {
            throw new KustomizeException(
                    variable.line(), "has a variable of " + (found.isEmpty() ? "no object" : "several objects"));
        }
        YamlNode value = FieldPath.of(variable.withText(
                        path.isEmpty()
                                ? "metadata.name"
                                : path.replace("[", ".").replace("]", "")))
                .find(found.get(0).root());
        if (value == null || !value.isScalar()) {
            throw new KustomizeException(
                    variable.line(), "has a variable from '" + path + "', which the object does not have");
        }
        return value;
    }

    private static boolean isMeant(Identity identity, YamlNode object) {
        String api = object.textOf("apiVersion");
        int slash = api.indexOf('/');
        boolean same = api.isEmpty()
                || (identity.group().equals(slash < 0 ? "" : api.substring(0, slash))
                        && identity.version().equals(api.substring(slash + 1)));
        return same && identity.isSelectedBy(object);
    }

    private List<FieldSpec> fields() {
        List<FieldSpec> fields = new ArrayList<>();
        new TreeMap<>(POD_OF_KIND).forEach((kind, pod) -> {
            for (String containers : List.of("containers", "initContainers")) {
                for (String field : List.of("args", "command", "env/value")) {
                    fields.add(field(kind, pod + "/" + containers + "/" + field));
                }
            }
        });
        fields.add(field("", "metadata/labels"));
        fields.add(field("", "metadata/annotations"));
        all.variableFields().forEach(it -> fields.add(new FieldSpec(it, work)));
        return fields;
    }

    private FieldSpec field(String kind, String path) {
        return new FieldSpec(
                YamlNode.mapping(START)
                        .with("kind", YamlNode.text(kind, START))
                        .with("path", YamlNode.text(path, START)),
                work);
    }

    /** {@return the node with variables replaced in a text, the texts of a list, or the values of a mapping} */
    private static YamlNode replaced(YamlNode node, Map<String, YamlNode> values) {
        if (node.isSequence()) {
            return node.withItems(
                    node.items().stream().map(it -> text(it, values)).toList());
        }
        YamlNode changed = node.isMapping() ? node : text(node, values);
        for (YamlNode.Entry entry : node.entries()) {
            changed = changed.with(entry.key(), text(entry.value(), values));
        }
        return changed;
    }

    private static YamlNode text(YamlNode node, Map<String, YamlNode> values) {
        String text = node.isScalar() ? node.text() : "";
        for (Map.Entry<String, YamlNode> value : values.entrySet()) {
            text = text.replace("$(" + value.getKey() + ")", value.getValue().text());
        }
        return text.isEmpty() || text.equals(node.text()) ? node : node.withText(text);
    }
}
