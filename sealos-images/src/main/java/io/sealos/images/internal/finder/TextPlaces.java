package io.sealos.images.internal.finder;

import io.sealos.images.internal.yaml.YamlNode;
import io.sealos.images.internal.yaml.YamlNode.Place;

/**
 * Finds the places of ascending indexes of a text in one pass, unlike {@link YamlNode#placeOf}, which starts anew for
 * each.
 */
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

    /** {@return the place of a character, which must not be before the previous one} */
    Place of(int offset) {
        while (newline >= 0 && newline < offset) {
            lines++;
            lineStart = newline + 1;
            newline = text.indexOf('\n', lineStart);
        }
        return new Place(first.line() + lines, first.column() + offset - lineStart);
    }
}
