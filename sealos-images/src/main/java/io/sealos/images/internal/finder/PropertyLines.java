package io.sealos.images.internal.finder;

import io.sealos.images.Confidence;
import io.sealos.images.ImageReference;
import io.sealos.images.internal.finder.SplitImage.Field;
import io.sealos.images.internal.yaml.YamlNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds images in lines that set variables, such as {@code WEB_IMAGE=web} and {@code WEB_TAG=1.0}, in environment files
 * and properties.
 */
final class PropertyLines {
    private static final int LONGEST_LINE = 1000;
    private static final Pattern LINE =
            Pattern.compile("(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_.-]{0,200})[ \t]*=[ \t]*[\"']?([^\\s\"']{1,700})"
                    + "[\"']?[ \t\r]*");

    /** A variable with the index of its value in the text. */
    private record Line(Field field, int offset) {}

    private PropertyLines() {}

    static void inspect(YamlNode text, String path, Consumer<Sighting> found) {
        if (text.text().indexOf('=') < 0 || !Words.contains(text.text(), "image")) {
            return;
        }
        List<Line> lines = lines(text);
        Map<Field, ImageReference> parted = parted(lines);
        TextPlaces places = new TextPlaces(text);
        for (Line line : lines) {
            Optional.ofNullable(parted.get(line.field()))
                    .or(() -> ImageNames.image(line.field().key(), line.field().text())
                            .filter(ImageText::isPinned))
                    .ifPresent(it -> found.accept(sighting(places, path, line, it)));
        }
    }

    /** {@return the images whose name and tag are separate variables, by the variable with the name} */
    private static Map<Field, ImageReference> parted(List<Line> lines) {
        Map<Field, ImageReference> parted = new HashMap<>();
        for (SplitImage parts : SplitImage.of(lines.stream().map(Line::field).toList())) {
            Field name = parts.name();
            if (name != null && parts.isOfImage()) {
                parts.whole().ifPresent(it -> parted.put(name, it));
            }
        }
        return parted;
    }

    private static Sighting sighting(TextPlaces places, String path, Line line, ImageReference image) {
        Confidence confidence = ImageNames.confidence(line.field().key());
        ImageWord word = new ImageWord(image, confidence, line.offset());
        return Sighting.in(places.of(line.offset()), path, word, FinderNames.CONFIG_TEXT);
    }

    private static List<Line> lines(YamlNode node) {
        String text = node.text();
        List<Line> lines = new ArrayList<>(0);
        int start = 0;
        while (start < text.length()) {
            int newline = text.indexOf('\n', start);
            int end = newline < 0 ? text.length() : newline;
            Matcher line = LINE.matcher(text).region(start, end);
            if (end - start <= LONGEST_LINE && line.matches()) {
                lines.add(new Line(new Field(line.group(1), line.group(2), node), line.start(2)));
            }
            start = end + 1;
        }
        return lines;
    }
}
