package io.sealos.images.internal.scan;

import io.sealos.images.Confidence;
import io.sealos.images.ImageReference;
import io.sealos.images.internal.finder.FinderNames;
import io.sealos.images.internal.finder.ImageText;
import io.sealos.images.internal.finder.ImageWord;
import io.sealos.images.internal.finder.Sighting;
import io.sealos.images.internal.yaml.DocumentReader.Document;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds images in text that is read line by line, which is less certain than a parsed tree. In each line it looks for a
 * field that names an image, for a repository with a tag below it, and for words that are images.
 */
public final class TextLines {
    static final int LONGEST_LINE = 100_000;
    private static final String KEY = "image";
    private static final Pattern IMAGE =
            Pattern.compile(KEY + "[\"']?[ \t]{0,100}:[ \t]{0,100}[\"']?([A-Za-z0-9][A-Za-z0-9._:/@-]{1,600})");

    private static final List<String> EXAMPLES = List.of("/your-", "/your_", "/my-", "/my_");
    private static final List<String> EXAMPLE_ENDS = List.of("/image", ":image", "/tag", ":tag");

    /** The lines that are read. */
    private enum Lines {
        ALL,
        COMMENTS,
        NO_COMMENTS
    }

    private final String finder;
    private final Lines lines;
    private final Confidence best;
    private final Consumer<Sighting> found;
    private final SplitLines split = new SplitLines();
    private final HiddenImages hidden = new HiddenImages();

    private TextLines(String finder, Lines lines, Confidence best, Consumer<Sighting> found) {
        this.finder = finder;
        this.lines = lines;
        this.best = best;
        this.found = found;
    }

    /** {@return a reader of manifests that are not valid YAML, in which the value of an image field is trusted} */
    static TextLines ofBrokenYaml(Consumer<Sighting> found) {
        return new TextLines(FinderNames.TEXT_LINE, Lines.NO_COMMENTS, Confidence.LIKELY, found);
    }

    /** {@return a reader of comments} */
    public static TextLines ofComments(Consumer<Sighting> found) {
        return new TextLines(FinderNames.COMMENT, Lines.COMMENTS, Confidence.POSSIBLE, found);
    }

    /** {@return a reader of text that may or may not be used} */
    public static TextLines ofText(String finder, Consumer<Sighting> found) {
        return new TextLines(finder, Lines.ALL, Confidence.POSSIBLE, found);
    }

    public void read(Document document) {
        read(document.text(), document.firstLine());
    }

    /** {@return whether the lines of a broken manifest may name an image that is not saved} */
    boolean mayHideImages() {
        return hidden.arePossible();
    }

    public void read(String text, int firstLine) {
        if (lines == Lines.COMMENTS && text.indexOf('#') < 0) {
            return;
        }
        int number = firstLine;
        int start = 0;
        int colon = text.indexOf(':');
        for (int end = text.indexOf('\n'); start < text.length(); end = text.indexOf('\n', start)) {
            int stop = end < 0 ? text.length() : end;
            // A line without a colon contains neither a field nor a tag.
            colon = colon >= 0 && colon < start ? text.indexOf(':', start) : colon;
            boolean tells = colon >= start && colon < stop && stop - start <= LONGEST_LINE;
            if (tells && isRead(text, start, stop)) {
                readLine(text.substring(start, stop), number);
            } else if (best.isSaved() && isRead(text, start, stop)) {
                leaveOut(text.substring(start, stop));
            }
            start = stop + 1;
            number++;
        }
    }

    private boolean isRead(String text, int start, int end) {
        int at = start;
        while (at < end && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
        boolean comment = at < end && text.charAt(at) == '#';
        return lines == Lines.ALL || comment == (lines == Lines.COMMENTS);
    }

    private void leaveOut(String line) {
        if (line.length() > LONGEST_LINE) {
            hidden.addUnread();
        } else {
            hidden.look(line, List.of());
        }
    }

    private void readLine(String line, int number) {
        if (!mayTell(line)) {
            leaveOut(line);
            return;
        }
        int skipped = commentStart(line);
        String text = line.substring(skipped);
        Map<ImageReference, Sighting> sightings = new LinkedHashMap<>();
        StringBuilder rest = new StringBuilder(text);
        fields(text, number, skipped, sightings, rest);
        for (ImageWord word : ImageText.within(text)) {
            sightings.putIfAbsent(word.reference(), sighting(word, Confidence.POSSIBLE, number, skipped));
        }
        split.read(text, number)
                .ifPresent(it ->
                        sightings.putIfAbsent(it.reference(), sighting(it, Confidence.POSSIBLE, number, skipped)));
        sightings.values().forEach(found);
        if (best.isSaved()) {
            hidden.look(rest.toString(), sightings.values());
        }
    }

    /** {@return the start of the text after the comment characters; 0 if the line is not a comment} */
    private static int commentStart(String line) {
        int sign = 0;
        while (sign < line.length() && (line.charAt(sign) == ' ' || line.charAt(sign) == '\t')) {
            sign++;
        }
        int end = sign;
        while (end < line.length() && line.charAt(end) == '#') {
            end++;
        }
        return end > sign ? end : 0;
    }

    /** {@return whether the line may name an image} This is a quick check that most lines do not pass. */
    private static boolean mayTell(String line) {
        return line.indexOf('/') >= 0
                || line.contains("ag")
                || line.contains("repository")
                || line.contains("registry");
    }

    /** Finds the fields, and clears those that are understood as a whole from the rest of the line. */
    private void fields(
            String text, int number, int skipped, Map<ImageReference, Sighting> sightings, StringBuilder rest) {
        Matcher image = IMAGE.matcher(text);
        for (boolean more = image.find(); more; more = image.find(image.start() + 1)) {
            if (isKeyEnd(text, image.start())
                    && field(text, image, number, skipped, sightings)
                    && isValueEnd(text, image.end())) {
                rest.replace(image.start(), image.end(), " ".repeat(image.end() - image.start()));
            }
        }
    }

    private static boolean isValueEnd(String text, int at) {
        return at == text.length() || " \t\r\"',]}".indexOf(text.charAt(at)) >= 0;
    }

    /**
     * {@return whether the word up to this index is the whole key, or ends a key of several words such as
     * {@code side-image}}
     */
    private static boolean isKeyEnd(String text, int at) {
        return at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1));
    }

    /** {@return whether the field names an image} */
    private boolean field(
            String text, Matcher image, int number, int skipped, Map<ImageReference, Sighting> sightings) {
        String value = image.group(1);
        Optional<ImageWord> word = text.indexOf("{{", image.start()) < 0 && isBelieved(value)
                ? ImageText.reference(value).map(it -> new ImageWord(it, best, image.start(1)))
                : Optional.empty();
        word.ifPresent(it -> sightings.put(it.reference(), sighting(it, it.confidence(), number, skipped)));
        return word.isPresent();
    }

    /**
     * {@return whether a value counts as an image} A single word does not, because its place is unknown here, nor do
     * common examples.
     */
    private static boolean isBelieved(String value) {
        boolean more = value.indexOf('/') >= 0 || value.indexOf(':') >= 0;
        return more && !isExample(value);
    }

    private static boolean isExample(String value) {
        return EXAMPLES.stream().anyMatch(("/" + value)::contains)
                || EXAMPLE_ENDS.stream().anyMatch(value::endsWith)
                || value.contains("/image:");
    }

    private Sighting sighting(ImageWord word, Confidence confidence, int number, int skipped) {
        return new Sighting(word.reference(), confidence, finder, number, skipped + word.offset() + 1, "", "");
    }
}
