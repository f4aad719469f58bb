package io.sealos.images.internal.yaml;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The way to a node, such as {@code spec.containers[0].image}; made into text only when someone asks. */
public final class YamlPath {
    /** The way to the root of a document. */
    public static final YamlPath ROOT = new YamlPath(null, "");

    private static final Pattern SIMPLE = Pattern.compile("[A-Za-z0-9_-]+");

    private final @Nullable YamlPath parent;
    private final String step;

    private YamlPath(@Nullable YamlPath parent, String step) {
        this.parent = parent;
        this.step = step;
    }

    public YamlPath key(String key) {
        return new YamlPath(this, key);
    }

    public YamlPath index(int index) {
        return new YamlPath(this, "[" + index + "]");
    }

    /** The last key, without indexes. */
    public String lastKey() {
        YamlPath path = this;
        while (path.parent != null && path.step.startsWith("[")) {
            path = path.parent;
        }
        return path.step;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        append(text);
        return text.toString();
    }

    private void append(StringBuilder text) {
        if (parent == null) {
            return;
        }
        parent.append(text);
        if (step.startsWith("[") && step.endsWith("]")) {
            text.append(step);
        } else if (SIMPLE.matcher(step).matches()) {
            text.append(text.isEmpty() ? "" : ".").append(step);
        } else {
            text.append("['").append(step).append("']");
        }
    }
}
