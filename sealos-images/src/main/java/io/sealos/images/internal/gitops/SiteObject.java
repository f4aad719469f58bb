package io.sealos.images.internal.gitops;

import io.sealos.images.internal.values.NodeText;
import io.sealos.images.internal.values.ValuesException;
import io.sealos.images.internal.yaml.YamlNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An object whose controller fetches something, or which has values for a chart.
 *
 * @param root the object
 * @param file the file with the object, relative to the context directory; a chart, if that renders it
 * @param line the line of the object, or 0
 * @param inChart whether a chart renders the object
 */
record SiteObject(YamlNode root, String file, int line, boolean inChart) {
    /** {@return the API group and the kind, such as {@code argoproj.io/Application}} */
    String type() {
        String version = root.textOf("apiVersion");
        int slash = version.indexOf('/');
        return (slash < 0 ? "" : version.substring(0, slash)) + "/" + kind();
    }

    String kind() {
        return root.textOf("kind");
    }

    String name() {
        return text("metadata.name");
    }

    String namespace() {
        return text("metadata.namespace");
    }

    /** {@return the text of a field, the path of which has dots; an empty text if there is none} */
    String text(String path) {
        YamlNode node = node(path);
        return node == null || !node.isScalar() || node.isNull() ? "" : node.text();
    }

    @Nullable
    YamlNode node(String path) {
        return node(root, path);
    }

    static @Nullable YamlNode node(YamlNode from, String path) {
        YamlNode node = from;
        for (String key : path.split("\\.", -1)) {
            node = node == null ? null : node.get(key);
        }
        return node;
    }

    static String text(@Nullable YamlNode from, String path) {
        YamlNode node = from == null ? null : node(from, path);
        return node == null || !node.isScalar() || node.isNull() ? "" : node.text();
    }

    /** {@return the texts of a ConfigMap or Secret by their keys; a text of a Secret that is not Base64 is left out} */
    Map<String, String> data() {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String field : List.of("data", "stringData")) {
            YamlNode data = root.get(field);
            boolean encoded = field.equals("data") && kind().equals("Secret");
            for (YamlNode.Entry entry : data == null ? List.<YamlNode.Entry>of() : data.entries()) {
                String text = entry.value().text();
                (encoded ? decoded(text) : Optional.of(text)).ifPresent(it -> texts.put(entry.key(), it));
            }
        }
        return texts;
    }

    private static Optional<String> decoded(String text) {
        try {
            return Optional.of(new String(Base64.getMimeDecoder().decode(text), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** {@return the place with the kind and the name, without the namespace} */
    String place() {
        return file + ":" + line + " " + type() + " " + name();
    }

    boolean hasSpecOf(@Nullable SiteObject other) {
        YamlNode own = root.get("spec");
        YamlNode others = other == null ? null : other.root.get("spec");
        try {
            return own != null && others != null && NodeText.of(own).equals(NodeText.of(others));
        } catch (ValuesException e) {
            // They are too large to be compared.
            return false;
        }
    }

    /** {@return the kind with the namespace and the name} */
    String title() {
        return kind() + " " + (namespace().isEmpty() ? "" : namespace() + "/") + name();
    }
}
