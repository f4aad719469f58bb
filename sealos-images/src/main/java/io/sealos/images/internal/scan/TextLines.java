package io.sealos.images.internal.scan;

import io.sealos.images.Confidence;
import io.sealos.images.ImageReference;
import io.sealos.images.internal.finder.ImageText;
import io.sealos.images.internal.finder.Sighting;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a document that is no YAML line by line: less sure than a tree, but better than nothing. */
final class TextLines {
    private static final int LONGEST_LINE = 100_000;
    private static final Pattern IMAGE =
            Pattern.compile("(?<![\\w-])[\"']?image[\"']?[ \t]*:[ \t]*[\"']?([A-Za-z0-9][A-Za-z0-9._:/@-]{1,600})");

    private TextLines() {}

    static void scan(String text, int firstLine, Consumer<Sighting> found) {
        int number = firstLine;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            if (line.length() <= LONGEST_LINE && !line.stripLeading().startsWith("#")) {
                scanLine(line, number, found);
            }
            number++;
        }
    }

    private static void scanLine(String line, int number, Consumer<Sighting> found) {
        Map<ImageReference, Confidence> references = new LinkedHashMap<>();
        Matcher images = IMAGE.matcher(line);
        while (images.find()) {
            if (line.indexOf("{{", images.start()) < 0) {
                ImageText.reference(images.group(1)).ifPresent(it -> references.put(it, Confidence.LIKELY));
            }
        }
        ImageText.within(line).forEach(it -> references.putIfAbsent(it, Confidence.POSSIBLE));
        references.forEach((reference, confidence) ->
                found.accept(new Sighting(reference, confidence, "text-line", number, 1, "", "")));
    }
}
