package io.sealos.oci.internal.read;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The <a href="https://man7.org/linux/man-pages/man7/xattr.7.html">extended attributes</a> of a file that an image
 * keeps. Like in buildah, these are {@code security.capability}, {@code security.ima} and {@code user.*}. Others are
 * specific to the machine. Immutable.
 */
public final class ExtendedAttributes {
    public static final ExtendedAttributes NONE = new ExtendedAttributes(Collections.emptySortedMap());

    static final String USER = "user.";

    // Each character of a value is a byte.
    private final SortedMap<String, String> values;

    private ExtendedAttributes(SortedMap<String, String> values) {
        this.values = values;
    }

    static ExtendedAttributes of(SortedMap<String, String> values) {
        SortedMap<String, String> kept = new TreeMap<>(values);
        kept.keySet().removeIf(name -> !isKept(name));
        return kept.isEmpty() ? NONE : new ExtendedAttributes(Collections.unmodifiableSortedMap(kept));
    }

    private static boolean isKept(String name) {
        return name.equals("security.capability")
                || name.equals("security.ima")
                || (name.startsWith(USER) && name.indexOf('/') < 0);
    }

    /** {@return these attributes with an additional one, if it is one that images keep} */
    public ExtendedAttributes with(String name, byte[] value) {
        SortedMap<String, String> more = new TreeMap<>(values);
        more.put(name, new String(value, StandardCharsets.ISO_8859_1));
        return of(more);
    }

    /** {@return these attributes with additional ones, which replace those of the same name} */
    public ExtendedAttributes with(ExtendedAttributes others) {
        if (values.isEmpty() || others.values.isEmpty()) {
            return values.isEmpty() ? others : this;
        }
        SortedMap<String, String> all = new TreeMap<>(values);
        all.putAll(others.values);
        return new ExtendedAttributes(Collections.unmodifiableSortedMap(all));
    }

    public boolean isEmpty() {
        return values.isEmpty();
    }

    /** {@return whether there are attributes of {@code user}, which only files and directories can have} */
    public boolean hasUserDefined() {
        return values.keySet().stream().anyMatch(name -> name.startsWith(USER));
    }

    /** {@return the values by name; each character is a byte} */
    public SortedMap<String, String> values() {
        return values;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ExtendedAttributes that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.keySet().toString();
    }
}
