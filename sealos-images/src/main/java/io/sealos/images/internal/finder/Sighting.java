package io.sealos.images.internal.finder;

import io.sealos.images.Confidence;
import io.sealos.images.ImageReference;
import io.sealos.images.internal.yaml.YamlNode;
import io.sealos.images.internal.yaml.YamlNode.Place;

/**
 * A reference that a finder has found at a node. Its hook is the events of the Helm hook, or an empty string. Its
 * reason is empty if the place itself names the image.
 */
public record Sighting(
        ImageReference reference,
        Confidence confidence,
        String finder,
        int line,
        int column,
        String path,
        String hook,
        String reason) {

    public Sighting(
            ImageReference reference,
            Confidence confidence,
            String finder,
            int line,
            int column,
            String path,
            String hook) {
        this(reference, confidence, finder, line, column, path, hook, "");
    }

    /** {@return an occurrence at the start of a node} */
    public static Sighting at(
            YamlNode node, String path, ImageReference reference, Confidence confidence, String finder) {
        return new Sighting(reference, confidence, finder, node.line(), node.column(), path, "");
    }

    /** {@return an occurrence at a character of the text of a node} */
    static Sighting in(YamlNode node, String path, ImageWord word, String finder) {
        return in(node.placeOf(word.offset()), path, word, finder);
    }

    /** {@return an occurrence at a place of a text} */
    static Sighting in(Place place, String path, ImageWord word, String finder) {
        return new Sighting(word.reference(), word.confidence(), finder, place.line(), place.column(), path, "");
    }

    /** {@return this occurrence at another place} */
    public Sighting at(int otherLine, int otherColumn) {
        return new Sighting(reference, confidence, finder, otherLine, otherColumn, path, hook, reason);
    }

    public Sighting withHook(String value) {
        return new Sighting(reference, confidence, finder, line, column, path, value, reason);
    }

    /** {@return this occurrence with the confidence POSSIBLE} */
    public Sighting asPossible() {
        return new Sighting(reference, Confidence.POSSIBLE, finder, line, column, path, hook, reason);
    }

    /** {@return whether only {@code helm test} runs the image} */
    public boolean isTestHook() {
        return hook.startsWith("test");
    }

    Sighting foundBy(String name) {
        return new Sighting(reference, confidence, name, line, column, path, hook, reason);
    }
}
