package io.sealos.images.internal.finder;

import io.sealos.images.Confidence;
import io.sealos.images.ImageReference;
import io.sealos.images.ImageReferenceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Decides whether a text is an image reference, regardless of its place. */
public final class ImageText {
    /** The number of characters before a place of a line that are examined. */
    private static final int LONGEST_LINE = 700;

    static final int LONGEST = 700;
    private static final Set<String> PLACEHOLDERS = Set.of("auto", "string", "null", "true", "false", "none", "image");
    private static final Set<String> WORDS = Set.of("default", "unknown", "custom", "latest");
    private static final Set<String> DISKS_AND_PICTURES = Set.of(
            "png", "jpg", "jpeg", "svg", "gif", "ico", "webp", "iso", "img", "qcow2", "raw", "vmdk", "ova", "tar",
            "tgz", "gz", "xz", "zst", "zip", "bin", "efi");
    /** A digest without an image, which would parse as an image {@code sha256} with a tag. */
    private static final Pattern DIGEST = Pattern.compile("sha(?:256|512):[0-9a-f]{1,200}");

    private static final Pattern PORT = Pattern.compile("[0-9]{3,5}");
    /** The hosts of source code and web pages, whose registries have other names. */
    private static final Set<String> CODE_HOSTS =
            Set.of("github.com", "gitlab.com", "bitbucket.org", "gitee.com", "hub.docker.com");

    private static final String SAYS_IMAGE = "image=";
    private static final String TRANSPORT = "docker://";
    private static final String CONTINUED = "\\\n";

    private ImageText() {}

    /** {@return the reference in a text that must be an image; empty for a word that stands for no image} */
    static Optional<ImageReference> certain(String text) {
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

    /** {@return the reference in a text; empty for words that stand for no image, files and addresses} */
    public static Optional<ImageReference> reference(String text) {
        return standsForNone(text.strip()) ? Optional.empty() : certain(text);
    }

    /**
     * {@return the reason why a text that must be a reference is not one; empty if it is one, or deliberately stands
     * for one}
     */
    static Optional<String> mistake(String text) {
        String trimmed = text.strip();
        if (trimmed.isEmpty() || PLACEHOLDERS.contains(trimmed)) {
            return Optional.empty();
        }
        try {
            ImageReference.parse(trimmed);
            return Optional.empty();
        } catch (ImageReferenceException e) {
            return Optional.ofNullable(e.getMessage());
        }
    }

    private static boolean standsForNone(String text) {
        return text.length() > LONGEST
                || WORDS.contains(text)
                || isDiskOrPicture(text)
                || DIGEST.matcher(text).matches()
                || CODE_HOSTS.contains(text.substring(0, Math.max(0, text.indexOf('/'))))
                || (text.indexOf('/') < 0 && isAddress(text));
    }

    private static boolean isAddress(String text) {
        String host = text.substring(0, Math.max(0, text.lastIndexOf(':')));
        boolean named = host.equals("localhost") || host.indexOf('.') >= 0 || isNumber(host);
        return named && isNumber(text.substring(host.length() + 1));
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(it -> it >= '0' && it <= '9');
    }

    private static boolean isDiskOrPicture(String text) {
        int dot = text.lastIndexOf('.');
        return dot >= 0 && DISKS_AND_PICTURES.contains(text.substring(dot + 1));
    }

    /** {@return the reference in a text; empty if it has neither a tag nor a digest} */
    public static Optional<ImageReference> pinned(String text) {
        boolean mayBe = text.indexOf(':') > 0;
        return mayBe ? reference(text).filter(ImageText::isPinned) : Optional.empty();
    }

    /** {@return all images among the words of a text, in their order} */
    public static List<ImageWord> within(String text) {
        if (text.indexOf(':') < 0 || (text.indexOf('/') < 0 && !text.contains(SAYS_IMAGE))) {
            return List.of();
        }
        List<ImageWord> found = new ArrayList<>(0);
        for (int start = wordStart(text, 0); start < text.length(); ) {
            int end = wordEnd(text, start);
            if (mayNameImage(text, start, end) && isWord(text, start, end)) {
                String word = withoutEnd(text.substring(start, end));
                int skipped = word.startsWith(TRANSPORT) ? TRANSPORT.length() : 0;
                word(text, word.substring(skipped), start + skipped)
                        .map(it -> isForNothing(text, it.offset()) ? it.asPossible() : it)
                        .ifPresent(found::add);
            }
            start = wordStart(text, end);
        }
        return found;
    }

    /** {@return whether an image at an index of a text is commented out, or built by the command} */
    private static boolean isForNothing(String text, int place) {
        return isInComment(text, place) || BuildTools.isTarget(commandBefore(text, place));
    }

    /** {@return the line up to an index, with the lines that it continues} */
    private static String commandBefore(String text, int place) {
        int start = lineStart(text, place);
        while (start > 1 && place - start < LONGEST && text.startsWith(CONTINUED, start - 2)) {
            start = lineStart(text, start - 1);
        }
        return text.substring(start, place).replace(CONTINUED, " ");
    }

    private static Optional<ImageWord> word(String text, String word, int start) {
        Optional<ImageWord> path = ImageWord.of(word, start);
        return path.isEmpty() && saysImage(text, start) && word.indexOf('/') < 0
                ? pinned(word).map(it -> new ImageWord(it, Confidence.LIKELY, start))
                : path;
    }

    /**
     * {@return whether the text before an index says that an image follows, like the flag in
     * {@code --image=busybox:1.36}}
     */
    private static boolean saysImage(String text, int start) {
        return text.startsWith(SAYS_IMAGE, start - SAYS_IMAGE.length());
    }

    private static int wordStart(String text, int from) {
        int at = from;
        while (at < text.length() && !isLetterOrDigit(text.charAt(at)) && text.charAt(at) != '[') {
            at++;
        }
        return at;
    }

    private static int wordEnd(String text, int start) {
        int most = Math.min(text.length(), start + LONGEST + 1);
        int at = start + 1;
        while (at < most && (isLetterOrDigit(text.charAt(at)) || "._:/@[]-".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        return at;
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    /**
     * {@return whether a word may name an image} This is a quick check: most words are not a path with a tag or a
     * digest.
     */
    private static boolean mayNameImage(String text, int start, int end) {
        return has(text, ':', start, end) && (has(text, '/', start, end) || saysImage(text, start));
    }

    /** {@return whether a word has a character} Only the word is searched, because millions of others may follow. */
    private static boolean has(String text, char wanted, int start, int end) {
        int at = start;
        while (at < end && text.charAt(at) != wanted) {
            at++;
        }
        return at < end;
    }

    /** {@return whether the tag may be a port} Without a path, {@code web:8080} is more likely an address. */
    static boolean isPort(String text, ImageReference reference) {
        return text.indexOf('/') < 0
                && reference.tag().filter(it -> PORT.matcher(it).matches()).isPresent();
    }

    static boolean isPinned(ImageReference reference) {
        return reference.tag().isPresent() || reference.digest().isPresent();
    }

    /** {@return whether the characters are a word, and not a part of a URL, file path or template} */
    private static boolean isWord(String text, int start, int end) {
        char before = start == 0 ? ' ' : text.charAt(start - 1);
        char after = end == text.length() ? ' ' : text.charAt(end);
        return " \t\r\n\"'`=,(>[{|;".indexOf(before) >= 0 && "$%*{<+?&#~".indexOf(after) < 0;
    }

    private static String withoutEnd(String word) {
        int end = word.length();
        while (end > 0 && ".:]-".indexOf(word.charAt(end - 1)) >= 0) {
            end--;
        }
        return word.substring(0, end);
    }

    /** {@return whether an index of a text is in a comment of its line, after {@code #} or {@code //}} */
    static boolean isInComment(String text, int place) {
        int start = lineStart(text, place);
        int from = start;
        while (from < place && (text.charAt(from) == ' ' || text.charAt(from) == '\t')) {
            from++;
        }
        if (text.startsWith("#", from) || text.startsWith("//", from)) {
            return true;
        }
        return text.substring(start, place).contains(" # ");
    }

    /** {@return the start of the line that contains an index, at most 700 characters before it} */
    private static int lineStart(String text, int place) {
        int at = place;
        while (at > 0 && place - at < LONGEST_LINE && text.charAt(at - 1) != '\n') {
            at--;
        }
        return at;
    }
}
