package io.sealos.images.internal.gitops;

import io.sealos.images.internal.yaml.YamlNode;
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

    /** {@return the kind with the namespace and the name} */
    String title() {
        return kind() + " " + (namespace().isEmpty() ? "" : namespace() + "/") + name();
    }
}
