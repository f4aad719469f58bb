package io.sealos.images.internal.finder;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Recognizes texts inside objects that may be YAML or JSON: manifests, values and lists of containers. */
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

    /** The words in annotations that hold former or example content. */
    private static final List<String> COPIES = List.of(
            "last-applied", "example", "sample", "description", "schema", "original", "initialization-resource");

    private static final Set<String> TEMPLATES =
            Set.of("values", "template", "templates", "manifest", "manifests", "content", "yaml", "raw");

    /** The beginnings of scripts and keys, which are not YAML. */
    private static final List<String> OTHERS = List.of("#!", "-----BEGIN");

    private TextDocuments() {}

    /** {@return the kind of object as a part of which a text is read; {@link ObjectKind#NONE} if it is not read} */
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

    /** {@return whether the text of a key will become an object even if it is not YAML now} */
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
