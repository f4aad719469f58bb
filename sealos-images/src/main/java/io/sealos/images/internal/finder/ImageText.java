package io.sealos.images.internal.finder;

import io.sealos.images.ImageReference;
import io.sealos.images.ImageReferenceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a text tells about being a reference, wherever it stands. */
public final class ImageText {
    private static final int LONGEST = 700;
    private static final Set<String> PLACEHOLDERS = Set.of("auto", "string", "null", "true", "false", "none", "image");
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9\\[][A-Za-z0-9._:/@\\[\\]-]{2,700}");

    private ImageText() {}

    /** The reference that a text is, leaving out words that stand for none. */
    public static Optional<ImageReference> reference(String text) {
        String trimmed = text.strip();
        if (trimmed.isEmpty() || trimmed.length() > LONGEST || PLACEHOLDERS.contains(trimmed)) {
            return Optional.empty();
        }
        try {
            return Optional.of(ImageReference.parse(trimmed));
        } catch (ImageReferenceException e) {
            return Optional.empty();
        }
    }

    /** Why a text that has to be a reference is none; empty where it is one, or stands for one on purpose. */
    static Optional<String> mistake(String text) {
        String trimmed = text.strip();
        if (trimmed.isEmpty() || PLACEHOLDERS.contains(trimmed)) {
            return Optional.empty();
        }
        if (trimmed.contains("${") || trimmed.contains("$(") || trimmed.contains("{{")) {
            return Optional.of("'" + trimmed + "' gets its value later; write out the reference");
        }
        try {
            ImageReference.parse(trimmed);
            return Optional.empty();
        } catch (ImageReferenceException e) {
            return Optional.ofNullable(e.getMessage());
        }
    }

    /** The reference that a text is if it also has a tag or a digest. */
    public static Optional<ImageReference> pinned(String text) {
        return reference(text).filter(ImageText::isPinned);
    }

    /** The reference that a text is if nothing else is likely: a path and a tag or digest, and no port in its place. */
    public static Optional<ImageReference> unmistakable(String text) {
        return text.indexOf('/') < 0 || text.startsWith("/")
                ? Optional.empty()
                : pinned(text).filter(ImageText::hasNoPortAsTag);
    }

    /** All unmistakable references among the words of a text. */
    public static List<ImageReference> within(String text) {
        List<ImageReference> found = new ArrayList<>();
        Matcher words = TOKEN.matcher(text);
        while (words.find()) {
            if (isWord(text, words.start(), words.end())) {
                unmistakable(withoutEnd(words.group())).ifPresent(found::add);
            }
        }
        return found;
    }

    static boolean isPinned(ImageReference reference) {
        return reference.tag().isPresent() || reference.digest().isPresent();
    }

    private static boolean hasNoPortAsTag(ImageReference reference) {
        boolean service = reference.repository().endsWith(".svc")
                || reference.repository().endsWith(".local");
        boolean lettered = reference.repository().chars().anyMatch(Character::isLetter);
        return lettered && !service && !reference.name().startsWith("docker.io/library/");
    }

    /** Parts of URLs, file paths and templates are no words. */
    private static boolean isWord(String text, int start, int end) {
        char before = start == 0 ? ' ' : text.charAt(start - 1);
        char after = end == text.length() ? ' ' : text.charAt(end);
        return " \t\r\n\"'`=,(>[{".indexOf(before) >= 0 && "$%*{<+?&#~".indexOf(after) < 0;
    }

    private static String withoutEnd(String word) {
        int end = word.length();
        while (end > 0 && ".:]-".indexOf(word.charAt(end - 1)) >= 0) {
            end--;
        }
        return word.substring(0, end);
    }
}
