package io.sealos.images.internal.finder;

import io.sealos.images.internal.yaml.YamlNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parameters that a document declares, with the values that the document assigns to them. */
final class DocumentParameters {
    static final DocumentParameters NONE = new DocumentParameters(null);

    private static final int MAX_NODES = 200_000;
    private static final Set<String> PARAMETERS = Set.of("params", "parameters");
    private static final Set<String> ITEMS = Set.of("elements", "withitems", "matrix", "include");

    private final @Nullable YamlNode root;
    private final Map<String, Set<String>> values = new HashMap<>();
    private int nodes;

    private DocumentParameters(@Nullable YamlNode root) {
        this.root = root;
    }

    /** {@return the parameters of the document that contains a mapping} */
    DocumentParameters of(VisitedMapping mapping) {
        VisitedMapping top = mapping;
        for (VisitedMapping around = mapping.parent(); around != null; around = around.parent()) {
            top = around;
        }
        if (top.node() == root) {
            return this;
        }
        DocumentParameters parameters = new DocumentParameters(top.node());
        parameters.collect(top.node());
        return parameters;
    }

    /** {@return the value of a parameter; an empty string if it has none or several} */
    String value(String name) {
        Set<String> all = values.getOrDefault(name, Set.of());
        return all.size() == 1 ? all.iterator().next() : "";
    }

    /** {@return whether the document declares a parameter, so that something will set it} */
    boolean isDeclared(String name) {
        return values.containsKey(name);
    }

    private void collect(YamlNode node) {
        if (++nodes > MAX_NODES) {
            return;
        }
        for (YamlNode.Entry entry : node.entries()) {
            String key = entry.key().toLowerCase(Locale.ROOT);
            if (PARAMETERS.contains(key)) {
                parameters(entry.value());
            } else if (ITEMS.contains(key)) {
                entry.value().items().forEach(this::fields);
            }
            collect(entry.value());
        }
        node.items().forEach(this::collect);
    }

    private void parameters(YamlNode list) {
        fields(list);
        for (YamlNode item : list.items()) {
            String name = item.textOf("name");
            if (!name.isEmpty()) {
                declare(name, item.get("value"));
                declare(name, item.get("default"));
            }
        }
    }

    private void fields(YamlNode mapping) {
        mapping.entries().forEach(it -> declare(it.key(), it.value()));
    }

    private void declare(String name, @Nullable YamlNode value) {
        Set<String> all = values.computeIfAbsent(name, key -> new HashSet<>());
        if (value != null && value.isScalar() && !value.text().isBlank() && !VariableImages.isVariable(value.text())) {
            all.add(value.text().strip());
        }
    }
}
