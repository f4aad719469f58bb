package io.sealos.images.internal.finder;

import io.sealos.images.internal.yaml.YamlNode;
import io.sealos.images.internal.yaml.YamlPath;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A mapping that is visited in a walk through a document, with its path, its parent mapping and its object.
 *
 * @param isDoubtful whether images below are named for a purpose other than running them
 */
public record VisitedMapping(
        YamlNode node, YamlPath path, @Nullable VisitedMapping parent, ManifestObject object, boolean isDoubtful) {
    private static final List<String> ON = List.of("enabled", "enable", "install", "installed", "deploy", "create");
    private static final List<String> OFF = List.of("disabled", "disable");
    private static final Set<String> NO = Set.of("false", "no", "off");
    private static final Set<String> YES = Set.of("true", "yes", "on");

    ObjectKind kind() {
        return object.kind();
    }

    boolean isAnnotations() {
        return path.lastKey().equals("annotations");
    }

    /** {@return the text of a key in this mapping, or in the nearest parent that has it} */
    String inherited(String key) {
        for (VisitedMapping mapping = this; mapping != null; mapping = mapping.parent) {
            String text = mapping.node.textOf(key);
            if (!text.isEmpty()) {
                return text;
            }
        }
        return "";
    }

    /** {@return whether a field such as {@code enabled} disables this part of a custom resource, or a parent of it} */
    boolean isSwitchedOff() {
        for (VisitedMapping around = this; around != null; around = around.parent) {
            if (around.hasField(ON, NO) || around.hasField(OFF, YES)) {
                return true;
            }
        }
        return false;
    }

    private boolean hasField(List<String> keys, Set<String> values) {
        return keys.stream().anyMatch(it -> values.contains(node.textOf(it).toLowerCase(Locale.ROOT)));
    }
}
