package io.sealos.oci.internal.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Resolves addresses in the headers of responses. Characters that are not allowed in an address are encoded. All others
 * stay unchanged, so signatures remain valid.
 */
public final class Locations {
    private static final String KEPT = "-._~:/?@!$&'()*+,;=";
    private static final String IN_QUERY_OR_HOST = "[]";

    private Locations() {}

    /**
     * Resolves an address against another one. The fragment and the user are removed.
     *
     * @throws IllegalArgumentException if the text is not an address
     */
    public static URI resolve(URI base, String text) {
        String encoded = withLowerCaseScheme(encoded(withoutFragment(text.strip())));
        if (encoded.isEmpty()) {
            throw new IllegalArgumentException("there is no address");
        }
        // java.net.URI resolves a reference with only a query against the directory.
        URI resolved = base.resolve(encoded.startsWith("?") ? base.getRawPath() + encoded : encoded);
        String user = resolved.getRawUserInfo();
        return user == null ? resolved : URI.create(resolved.toString().replace("//" + user + "@", "//"));
    }

    private static String withoutFragment(String text) {
        int hash = text.indexOf('#');
        return hash < 0 ? text : text.substring(0, hash);
    }

    private static String withLowerCaseScheme(String address) {
        int scheme = address.indexOf("://");
        return scheme < 0 || address.lastIndexOf('?', scheme) >= 0
                ? address
                : address.substring(0, scheme).toLowerCase(Locale.ROOT) + address.substring(scheme);
    }

    private static String encoded(String text) {
        int path = path(text);
        int query = text.indexOf('?') < 0 ? text.length() : text.indexOf('?');
        StringBuilder encoded = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean brackets = i < path || i > query;
            if (isAlphanumeric(c)
                    || KEPT.indexOf(c) >= 0
                    || (brackets && IN_QUERY_OR_HOST.indexOf(c) >= 0)
                    || (c == '%' && isHex(text, i + 1) && isHex(text, i + 2))) {
                encoded.append(c);
            } else {
                encode(c, encoded);
            }
        }
        return encoded.toString();
    }

    /** Returns the index at which the path begins. */
    private static int path(String text) {
        int slash = text.indexOf('/');
        boolean absolute = slash >= 0
                && text.startsWith("//", slash)
                && text.substring(0, slash).matches("([^?]+:)?");
        if (!absolute) {
            return 0;
        }
        int end = text.indexOf('/', slash + 2);
        return end < 0 ? text.length() : end;
    }

    /** Percent-encodes a character. A header has one character for each byte. */
    private static void encode(char c, StringBuilder encoded) {
        byte[] bytes = c <= 0xff ? new byte[] {(byte) c} : String.valueOf(c).getBytes(StandardCharsets.UTF_8);
        for (byte one : bytes) {
            encoded.append(String.format("%%%02X", one));
        }
    }

    private static boolean isAlphanumeric(char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }

    private static boolean isHex(String text, int index) {
        return index < text.length() && Character.digit(text.charAt(index), 16) >= 0 && text.charAt(index) < 128;
    }
}
