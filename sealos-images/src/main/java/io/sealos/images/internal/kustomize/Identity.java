package io.sealos.images.internal.kustomize;

import io.sealos.images.internal.yaml.YamlNode;
import org.jspecify.annotations.Nullable;

/**
 * The identity by which patches and replacements select an object.
 *
 * @param namespace the namespace; {@code default} if none is given
 */
record Identity(String group, String version, String kind, String name, String namespace) {
    static Identity of(YamlNode root) {
        String api = root.textOf("apiVersion");
        int slash = api.indexOf('/');
        @Nullable YamlNode metadata = root.get("metadata");
        return new Identity(
                slash < 0 ? "" : api.substring(0, slash),
                api.substring(slash + 1),
                root.textOf("kind"),
                metadata == null ? "" : metadata.textOf("name"),
                namespace(metadata == null ? "" : metadata.textOf("namespace")));
    }

    private static String namespace(String written) {
        return written.isEmpty() ? "default" : written;
    }

    /** {@return whether a selector of a replacement, which has no expressions, selects the object} */
    boolean isSelectedBy(YamlNode select) {
        String space = select.textOf("namespace");
        return is(select, "group", group)
                && is(select, "version", version)
                && is(select, "kind", kind)
                && is(select, "name", name)
                && (space.isEmpty() || namespace(space).equals(namespace));
    }

    private static boolean is(YamlNode select, String key, String value) {
        String wanted = select.textOf(key);
        return wanted.isEmpty() || wanted.equals(value);
    }

    @Override
    public String toString() {
        return kind + " " + name;
    }
}
