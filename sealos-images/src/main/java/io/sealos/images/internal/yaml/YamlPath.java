package io.sealos.images.internal.yaml;

import org.jspecify.annotations.Nullable;

/** The path of a node, such as {@code spec.containers[0].image}. Its text is created on request only. */
public final class YamlPath {
    /** The path of the root of a document. */
    public static final YamlPath ROOT = new YamlPath(null, "", -1);

    private final @Nullable YamlPath parent;
    private final String key;
    private final int index;

    private YamlPath(@Nullable YamlPath parent, String key, int index) {
        this.parent = parent;
        this.key = key;
        this.index = index;
    }

    public YamlPath key(String name) {
        return new YamlPath(this, name, -1);
    }

    public YamlPath index(int position) {
        return new YamlPath(this, "", position);
    }

    /** {@return the last key, without indexes} */
    public String lastKey() {
        YamlPath path = this;
        while (path.parent != null && path.index >= 0) {
            path = path.parent;
        }
        return path.key;
    }

    /** {@return the path from a parent to this node} */
    public String from(YamlPath start) {
        StringBuilder text = new StringBuilder();
        append(text, start);
        return text.toString();
    }

    @Override
    public String toString() {
        return from(ROOT);
    }

    private void append(StringBuilder text, YamlPath start) {
        if (parent == null || this == start) {
            return;
        }
        parent.append(text, start);
        if (index >= 0) {
            text.append('[').append(index).append(']');
        } else if (isSimple(key)) {
            text.append(text.isEmpty() ? "" : ".").append(key);
        } else {
            text.append("['").append(key).append("']");
        }
    }

    private static boolean isSimple(String key) {
        return !key.isEmpty()
                && key.chars().allMatch(it -> it < 128 && (Character.isLetterOrDigit(it) || it == '_' || it == '-'));
    }
}
