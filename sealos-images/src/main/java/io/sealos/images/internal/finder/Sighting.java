package io.sealos.images.internal.finder;

import io.sealos.images.Confidence;
import io.sealos.images.ImageReference;
import io.sealos.images.internal.yaml.YamlNode;

/** A reference that a finder saw at a node; its hook is the events of the Helm hook, or empty. */
public record Sighting(
        ImageReference reference,
        Confidence confidence,
        String finder,
        int line,
        int column,
        String path,
        String hook) {

    static Sighting at(YamlNode node, String path, ImageReference reference, Confidence confidence, String finder) {
        return new Sighting(reference, confidence, finder, node.line(), node.column(), path, "");
    }

    /** The same at another place of the same text. */
    public Sighting at(int otherLine, int otherColumn) {
        return new Sighting(reference, confidence, finder, otherLine, otherColumn, path, hook);
    }

    public Sighting withHook(String value) {
        return new Sighting(reference, confidence, finder, line, column, path, value);
    }
}
