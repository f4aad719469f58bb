package io.sealos.images.internal.values;

import io.sealos.images.internal.yaml.YamlNode;

/** Writes a YAML tree as text, so that Helm reads the same values from it. */
public final class NodeText {
    private NodeText() {}

    /**
     * {@return the text of a tree}
     *
     * @throws ValuesException if the tree has too many values, aliases counted
     */
    public static String of(YamlNode root) throws ValuesException {
        StringBuilder text = new StringBuilder();
        new ValueWriter(text).write(ValuesFile.value("the values", root));
        return text.append('\n').toString();
    }
}
