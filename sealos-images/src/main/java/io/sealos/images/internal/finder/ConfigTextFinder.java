package io.sealos.images.internal.finder;

import io.sealos.images.Confidence;
import io.sealos.images.internal.yaml.YamlNode;
import io.sealos.images.internal.yaml.YamlPath;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds images in the text of ConfigMaps and Secrets: lines that name an image, words that are images, and values whose
 * keys say that they are images.
 */
final class ConfigTextFinder implements MappingFinder {
    private static final int LONGEST_LINE = 100_000;
    private static final List<String> DATA = List.of("data", "stringData", "binaryData");
    private static final Pattern IMAGE_LINE = Pattern.compile(
            "(?:^|[^\\w-])[\"']?(?:[a-zA-Z0-9_-]{0,100}[-_])?[iI]mage[\"']?[ \t]{0,100}[:=][ \t]{0,100}[\"']?"
                    + "([a-z0-9][A-Za-z0-9._:/@-]{1,600})[\"']?[ \t]{0,100},?[ \t]{0,100}\\r?$");

    @Override
    public void inspect(VisitedMapping mapping, Consumer<Sighting> found) {
        if (mapping.kind() != ObjectKind.CONFIG || !DATA.contains(mapping.path().lastKey())) {
            return;
        }
        for (YamlNode.Entry entry : mapping.node().entries()) {
            YamlNode value = entry.value();
            if (value.isScalar()) {
                inspectText(value, mapping.path().key(entry.key()), found);
                inspectNamed(mapping, entry, found);
                PropertyLines.inspect(value, mapping.path().key(entry.key()).toString(), found);
            }
        }
    }

    /** Inspects a value that is a single image according to its key. */
    private static void inspectNamed(VisitedMapping mapping, YamlNode.Entry entry, Consumer<Sighting> found) {
        String path = mapping.path().key(entry.key()).toString();
        ImageNames.image(entry.key(), entry.value().text())
                .filter(ImageText::isPinned)
                .map(it -> Sighting.at(
                        entry.value(), path, it, ImageNames.confidence(entry.key()), FinderNames.CONFIG_TEXT))
                .ifPresent(found);
    }

    static void inspectText(YamlNode value, YamlPath path, Consumer<Sighting> found) {
        String text = value.text();
        String place = path.toString();
        TextPlaces places = new TextPlaces(value);
        ImageText.within(text)
                .forEach(it -> found.accept(Sighting.in(places.of(it.offset()), place, it, FinderNames.CONFIG_TEXT)));
        TextPlaces linePlaces = new TextPlaces(value);
        for (int image = text.indexOf("mage"); image >= 0; image = text.indexOf("mage", lineEnd(text, image))) {
            imageLine(text, text.lastIndexOf('\n', image) + 1, lineEnd(text, image))
                    .ifPresent(it ->
                            found.accept(Sighting.in(linePlaces.of(it.offset()), place, it, FinderNames.CONFIG_TEXT)));
        }
    }

    private static int lineEnd(String text, int from) {
        int newline = text.indexOf('\n', from);
        return newline < 0 ? text.length() : newline;
    }

    private static Optional<ImageWord> imageLine(String text, int start, int end) {
        if (end - start > LONGEST_LINE) {
            return Optional.empty();
        }
        Matcher line = IMAGE_LINE.matcher(text.substring(start, end));
        return line.find()
                ? ImageText.pinned(line.group(1))
                        .map(it -> new ImageWord(it, Confidence.LIKELY, start + line.start(1)))
                        .map(it -> ImageText.isInComment(text, it.offset()) ? it.asPossible() : it)
                : Optional.empty();
    }
}
