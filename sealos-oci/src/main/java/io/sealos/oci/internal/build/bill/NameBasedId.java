package io.sealos.oci.internal.build.bill;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** Creates UUIDs of version 5 of <a href="https://www.rfc-editor.org/rfc/rfc9562">RFC 9562</a>, which the JDK lacks. */
final class NameBasedId {
    /** The namespace of URLs. */
    private static final UUID URL = UUID.fromString("6ba7b811-9dad-11d1-80b4-00c04fd430c8");

    private NameBasedId() {}

    static UUID ofUrl(String url) {
        try {
            MessageDigest hash = MessageDigest.getInstance("SHA-1");
            hash.update(ByteBuffer.allocate(16)
                    .putLong(URL.getMostSignificantBits())
                    .putLong(URL.getLeastSignificantBits())
                    .array());
            ByteBuffer bytes = ByteBuffer.wrap(hash.digest(url.getBytes(StandardCharsets.UTF_8)));
            long high = (bytes.getLong() & 0xffff_ffff_ffff_0fffL) | 0x5000L;
            long low = (bytes.getLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
            return new UUID(high, low);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
