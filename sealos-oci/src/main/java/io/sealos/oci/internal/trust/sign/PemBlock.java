package io.sealos.oci.internal.trust.sign;

import io.sealos.internal.files.RequiredPath;
import io.sealos.oci.trust.SigningKeyException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** The first block of a text in PEM. */
public record PemBlock(String label, String body) {
    private static final int MAX_BYTES = 1 << 20;
    private static final String BEGIN = "-----BEGIN ";
    private static final String DASHES = "-----";

    /** Reads the bytes of a file with a key. */
    public static byte[] bytes(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                Arrays.fill(bytes, (byte) 0);
                throw new SigningKeyException(
                        RequiredPath.shown(file),
                        "it is larger than " + MAX_BYTES + " bytes",
                        "name the file of a key");
            }
            return bytes;
        }
    }

    /** {@return the first block; empty if there is none that is complete} */
    public static Optional<PemBlock> first(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int begin = text.indexOf(BEGIN);
        int labelEnd = begin < 0 ? -1 : text.indexOf(DASHES, begin + BEGIN.length());
        String label = labelEnd < 0 ? "" : text.substring(begin + BEGIN.length(), labelEnd);
        int end = label.isEmpty() ? -1 : text.indexOf("-----END " + label + DASHES, labelEnd);
        return end < 0
                ? Optional.empty()
                : Optional.of(new PemBlock(label, text.substring(labelEnd + DASHES.length(), end)));
    }

    /**
     * Decodes the body.
     *
     * @param place the file for messages
     */
    public byte[] decoded(String place) {
        try {
            return Base64.getMimeDecoder().decode(body);
        } catch (IllegalArgumentException e) {
            throw new SigningKeyException(place, "it is not valid Base64", "copy the whole file again");
        }
    }

    /** {@return the label only, because the body may be a private key} */
    @Override
    public String toString() {
        return label;
    }
}
