package io.sealos.images.internal.finder;

import io.sealos.images.internal.yaml.YamlNode;
import io.sealos.images.internal.yaml.YamlPath;
import org.jspecify.annotations.Nullable;

/**
 * A mapping on the walk through a document: the node, the way to it, the mapping around it, the object it is in.
 *
 * @param isDoubtful whether images below are named for another purpose than to be run
 */
public record Site(YamlNode node, YamlPath path, @Nullable Site parent, ManifestObject object, boolean isDoubtful) {

    ObjectKind kind() {
        return object.kind();
    }

    boolean isAnnotations() {
        return path.lastKey().equals("annotations");
    }

    /** The text of a key here, or at the nearest mapping around that has it. */
    String inherited(String key) {
        for (Site site = this; site != null; site = site.parent) {
            String text = site.node.textOf(key);
            if (!text.isEmpty()) {
                return text;
            }
        }
        return "";
    }
}
