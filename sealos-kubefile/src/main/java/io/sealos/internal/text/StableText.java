package io.sealos.internal.text;

import java.util.regex.Pattern;

/**
 * The text of a message without the numbers of lines and columns in it, by which a problem is recognized in a later
 * report although other lines of the file have moved.
 *
 * <p>Three forms are such numbers: two after a name, such as {@code pod.yaml:6:22}; one after the name of a text file,
 * such as {@code pod.yaml:6} or {@code Kubefile:6}; and one after the word line, column or offset, such as {@code yaml:
 * line 6}. All other numbers are kept, because the tags of images, ports and versions tell problems apart.
 */
public final class StableText {
    private static final Pattern PLACE = Pattern.compile("(?<=[^\\s:]):[0-9]{1,9}:[0-9]{1,9}(?![\\w.])"
            + "|(?<=\\.(?:ya?ml|json|tpl|tmpl|txt|sh|toml|lock|tgz)|file):[0-9]{1,9}(?![\\w./@-])"
            + "|(?<=\\b(?:line|column|offset):? )[0-9]{1,9}\\b");

    private StableText() {}

    /** {@return the message without these numbers} */
    public static String of(String message) {
        return PLACE.matcher(message).replaceAll("");
    }
}
