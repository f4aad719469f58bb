package io.sealos.images.internal.finder;

import io.sealos.images.internal.yaml.YamlNode;
import io.sealos.images.internal.yaml.YamlPath;

/**
 * The object that a node belongs to.
 *
 * @param kind the properties of its kind
 * @param group the API group; empty for the core group
 * @param name the kind as written
 * @param start the path of the object
 * @param isInText whether the object is in the text of another one
 */
public record ManifestObject(ObjectKind kind, String group, String name, YamlPath start, boolean isInText) {
    static final ManifestObject NONE = new ManifestObject(ObjectKind.NONE, "", "", YamlPath.ROOT, false);

    /** {@return the object that a mapping is, or the object around it} */
    static ManifestObject of(YamlNode node, YamlPath path, ManifestObject around) {
        String name = node.textOf("kind");
        String version = node.textOf("apiVersion");
        if (name.isEmpty() || version.isEmpty()) {
            return around;
        }
        int slash = version.indexOf('/');
        String group = slash < 0 ? "" : version.substring(0, slash);
        return new ManifestObject(ObjectKind.of(group, name), group, name, path, around.isInText());
    }

    /** {@return this object for a text in it} */
    ManifestObject inText(ObjectKind textKind) {
        return new ManifestObject(textKind, group, name, start, true);
    }
}
