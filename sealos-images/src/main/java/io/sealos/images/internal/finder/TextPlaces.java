package io.sealos.images.internal.finder;

import io.sealos.images.internal.yaml.YamlNode;
import io.sealos.images.internal.yaml.YamlNode.Place;

/** The places of ascending characters of a text, found in one pass; {@link YamlNode#placeOf} starts anew for each. */
final class TextPlaces {
    private final String text;
    private final Place first;
    private int lines;
    private int lineStart;
    private int newline;

    TextPlaces(YamlNode node) {
        this.text = node.text();
        this.first = node.placeOf(0);
        this.newline = text.indexOf('\n');
    }

    /** The place of a character that is not before the one that was asked for last. */
    Place of(int offset) {
        while (newline >= 0 && newline < offset) {
            lines++;
            lineStart = newline + 1;
            newline = text.indexOf('\n', lineStart);
        }
        return new Place(first.line() + lines, first.column() + offset - lineStart);
    }
}
