package io.sealos.images.internal.finder;

import io.sealos.images.internal.yaml.YamlNode;
import io.sealos.images.internal.yaml.YamlPath;

/**
 * The object that a node belongs to.
 *
 * @param kind what is known of it
 * @param group the group of its API version, empty for the core group
 * @param name its kind as written
 * @param start the way to it
 * @param isInText whether it is, or is in, the text of another one
 */
public record ManifestObject(ObjectKind kind, String group, String name, YamlPath start, boolean isInText) {
    static final ManifestObject NONE = new ManifestObject(ObjectKind.NONE, "", "", YamlPath.ROOT, false);

    /** The object that a mapping is, or the one around it. */
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

    /** This object, for a text of it. */
    ManifestObject inText(ObjectKind textKind) {
        return new ManifestObject(textKind, group, name, start, true);
    }
}
