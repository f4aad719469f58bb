package io.sealos.images;

import io.sealos.internal.text.Printable;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The digest of a blob, such as {@code sha256:9f86…}, in the form of the <a
 * href="https://github.com/opencontainers/image-spec/blob/v1.1.1/descriptor.md#digests">OCI image specification</a>.
 *
 * <p>The algorithm is {@code sha256} with 64 or {@code sha512} with 128 lower-case hexadecimal digits. Digests are
 * ordered by their text. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class Digest implements Comparable<Digest> {
    private static final Pattern SYNTAX = Pattern.compile("sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}");

    private final String value;

    private Digest(String value) {
        this.value = value;
    }

    /**
     * {@return the digest that a text of the form {@code algorithm:hex} denotes}
     *
     * @param value the digest as text
     * @throws IllegalArgumentException if the text is not a digest
     */
    public static Digest parse(String value) {
        Objects.requireNonNull(value, "value");
        if (!SYNTAX.matcher(value).matches()) {
            throw new IllegalArgumentException("'" + Printable.of(value)
                    + "' is not a digest; write sha256: and 64 lower-case hex" + " digits, or sha512: and 128");
        }
        return new Digest(value);
    }

    /** {@return the algorithm, {@code sha256} or {@code sha512}} */
    public String algorithm() {
        return value.substring(0, value.indexOf(':'));
    }

    /** {@return the hash in lower-case hexadecimal digits} */
    public String hex() {
        return value.substring(value.indexOf(':') + 1);
    }

    @Override
    public int compareTo(Digest other) {
        return value.compareTo(other.value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Digest that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    /** {@return the digest as {@code algorithm:hex}} */
    @Override
    public String toString() {
        return value;
    }
}
