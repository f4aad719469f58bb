package io.sealos.images.internal.finder;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Texts inside objects that may be YAML or JSON: manifests, values, lists of containers. */
final class TextDocuments {
    private static final Set<String> PROSE = Set.of(
            "description",
            "help",
            "summary",
            "message",
            "notes",
            "note",
            "readme",
            "doc",
            "docs",
            "documentation",
            "example",
            "examples",
            "usage",
            "title",
            "comment",
            "comments",
            "hint",
            "markdown",
            "changelog");

    /** Annotations that hold what was, or what others are to fill in. */
    private static final List<String> COPIES = List.of(
            "last-applied", "example", "sample", "description", "schema", "original", "initialization-resource");

    private static final Set<String> TEMPLATES =
            Set.of("values", "template", "templates", "manifest", "manifests", "content", "yaml", "raw");

    /** Scripts and keys, which are no YAML. */
    private static final List<String> OTHERS = List.of("#!", "-----BEGIN");

    private TextDocuments() {}

    /** The kind of object that a text is read as a part of; {@link ObjectKind#NONE} if it is not read. */
    static ObjectKind kind(String text, String key, @Nullable VisitedMapping parent, ObjectKind around) {
        if (parent != null && parent.isAnnotations()) {
            return isDocument(text) && isNew(key) && mayTell(text) ? ObjectKind.CUSTOM : ObjectKind.NONE;
        }
        if (around == ObjectKind.CONFIG) {
            return isDocument(text) ? ObjectKind.CONFIG : ObjectKind.NONE;
        }
        boolean custom = around.isCustom() || around == ObjectKind.MACHINE;
        boolean read = custom && isDocument(text) && !isProse(key) && mayTell(text);
        return read ? around : ObjectKind.NONE;
    }

    /** Whether a text of such a key will become an object even if it is no YAML as it is. */
    static boolean isTemplate(String key) {
        return KeyWords.of(key).stream().anyMatch(TEMPLATES::contains);
    }

    private static boolean isDocument(String text) {
        boolean several = text.indexOf('\n') >= 0 || text.startsWith("{") || text.startsWith("[");
        return several && OTHERS.stream().noneMatch(text::startsWith);
    }

    private static boolean mayTell(String text) {
        return Words.contains(text, "image") || Words.contains(text, "repo");
    }

    private static boolean isProse(String key) {
        return KeyWords.of(key).stream().anyMatch(PROSE::contains);
    }

    private static boolean isNew(String key) {
        String name = key.substring(key.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        return COPIES.stream().noneMatch(name::contains);
    }
}
