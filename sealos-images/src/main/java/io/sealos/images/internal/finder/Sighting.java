package io.sealos.images.internal.finder;

import io.sealos.images.Confidence;
import io.sealos.images.ImageReference;
import io.sealos.images.internal.yaml.YamlNode;
import io.sealos.images.internal.yaml.YamlNode.Place;

/** A reference that a finder saw at a node; its hook is the events of the Helm hook, or empty. */
public record Sighting(
        ImageReference reference,
        Confidence confidence,
        String finder,
        int line,
        int column,
        String path,
        String hook) {

    /** At the start of a node. */
    public static Sighting at(
            YamlNode node, String path, ImageReference reference, Confidence confidence, String finder) {
        return new Sighting(reference, confidence, finder, node.line(), node.column(), path, "");
    }

    /** At a character of a node's text. */
    static Sighting in(YamlNode node, String path, ImageWord word, String finder) {
        return in(node.placeOf(word.offset()), path, word, finder);
    }

    /** At a place of a text. */
    static Sighting in(Place place, String path, ImageWord word, String finder) {
        return new Sighting(word.reference(), word.confidence(), finder, place.line(), place.column(), path, "");
    }

    /** Returns this sighting at another place of its text. */
    public Sighting at(int otherLine, int otherColumn) {
        return new Sighting(reference, confidence, finder, otherLine, otherColumn, path, hook);
    }

    public Sighting withHook(String value) {
        return new Sighting(reference, confidence, finder, line, column, path, value);
    }

    /** Returns this sighting as one that is shown but not saved. */
    public Sighting asPossible() {
        return new Sighting(reference, Confidence.POSSIBLE, finder, line, column, path, hook);
    }

    Sighting foundBy(String name) {
        return new Sighting(reference, confidence, name, line, column, path, hook);
    }
}
