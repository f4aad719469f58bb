package io.sealos.images;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Objects;

/**
 * A rule that treats a field of a kind of object as an image, such as {@code ImageRule.of("monitoring.coreos.com",
 * "Prometheus", "spec.image")}.
 *
 * <p>The path has the form of {@link ManifestField#path()}. In addition, {@code [*]} stands for every item of a list
 * and {@code *} for every key, as in {@code spec.sidecars[*].image} and {@code spec.*.image}. A value that is not an
 * image reference is ignored. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class ImageRule implements ImageFinder {
    private static final String ITEM = "[*]";

    private final String group;
    private final String kind;
    private final Pattern path;

    private ImageRule(String group, String kind, Pattern path) {
        this.group = group;
        this.kind = kind;
        this.path = path;
    }

    /**
     * {@return a rule for a field}
     *
     * @param group the API group without its version; empty for the core group
     * @param kind the kind of the object, such as {@code Prometheus}
     * @param path the path of the field within the object
     * @throws IllegalArgumentException if the kind or the path is empty
     */
    public static ImageRule of(String group, String kind, String path) {
        if (kind.isEmpty() || path.isEmpty()) {
            throw new IllegalArgumentException("a rule needs a kind and a path, such as Prometheus and spec.image, but"
                    + " has '" + kind + "' and '" + path + "'");
        }
        return new ImageRule(Objects.requireNonNull(group, "group"), kind, pattern(path));
    }

    private static Pattern pattern(String path) {
        StringBuilder expression = new StringBuilder();
        for (int at = 0; at < path.length(); at++) {
            if (path.startsWith(ITEM, at)) {
                expression.append("\\[[0-9]+\\]");
                at += ITEM.length() - 1;
            } else {
                char c = path.charAt(at);
                expression.append(c == '*' ? "[^.\\[\\]]+" : Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(expression.toString());
    }

    @Override
    public List<ImageReference> find(ManifestField field) {
        if (!field.isIn(group, kind) || !path.matcher(field.path()).matches()) {
            return List.of();
        }
        try {
            return List.of(ImageReference.parse(field.text().strip()));
        } catch (ImageReferenceException e) {
            // The field may be empty or a template.
            return List.of();
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ImageRule that
                && group.equals(that.group)
                && kind.equals(that.kind)
                && path.pattern().equals(that.path.pattern());
    }

    @Override
    public int hashCode() {
        return Objects.hash(group, kind, path.pattern());
    }

    /** {@return the kind and the expression of the path} */
    @Override
    public String toString() {
        return (group.isEmpty() ? "" : group + "/") + kind + " " + path;
    }
}
