package io.sealos.oci.internal.trust.sign;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealos.oci.internal.read.Documents;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Decrypts a key file of cosign, as <a
 * href="https://github.com/secure-systems-lab/go-securesystemslib/blob/v0.9.0/encrypted/encrypted.go">its library</a>
 * encrypts it: the password is hashed with scrypt, and the key is in a secretbox of NaCl.
 */
final class SigstoreKey {
    private static final int MOST_COST = 1 << 20;
    private static final int MOST_MEMORY = 1 << 28;
    private static final int MOST_PARALLEL = 16;

    private SigstoreKey() {}

    /** {@return the key in the form PKCS #8; empty if the password is wrong} */
    static Optional<byte[]> decrypt(byte[] json, char[] password) throws IOException {
        JsonNode document = Documents.object(json);
        JsonNode kdf = document.path("kdf");
        require(kdf, "name", "scrypt");
        require(document.path("cipher"), "name", "nacl/secretbox");
        byte[] nonce = bytes(document.path("cipher"), "nonce");
        byte[] box = bytes(document, "ciphertext");
        if (nonce.length != SecretBox.NONCE) {
            throw new IOException("has a nonce of " + nonce.length + " bytes instead of " + SecretBox.NONCE);
        }
        Scrypt scrypt = scrypt(kdf.path("params"));
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
        byte[] secret = new byte[encoded.remaining()];
        encoded.get(secret);
        encoded.clear().put(new byte[encoded.capacity()]);
        try {
            return SecretBox.open(box, nonce, scrypt.hash(secret, bytes(kdf, "salt"), SecretBox.KEY));
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private static Scrypt scrypt(JsonNode parameters) throws IOException {
        int cost = number(parameters, "N", MOST_COST);
        int blocks = number(parameters, "r", MOST_COST);
        int parallel = number(parameters, "p", MOST_PARALLEL);
        if (Integer.bitCount(cost) != 1 || cost < 2) {
            throw new IOException("has the scrypt parameter N " + cost + ", which is not a power of two");
        }
        if (128L * cost * blocks > MOST_MEMORY) {
            throw new IOException("needs more than " + MOST_MEMORY + " bytes of memory");
        }
        return new Scrypt(cost, blocks, parallel);
    }

    private static int number(JsonNode parent, String name, int most) throws IOException {
        JsonNode value = parent.path(name);
        if (!value.isInt() || value.intValue() < 1 || value.intValue() > most) {
            throw new IOException("has no scrypt parameter " + name + " from 1 to " + most);
        }
        return value.intValue();
    }

    private static void require(JsonNode parent, String name, String value) throws IOException {
        if (!parent.path(name).asText("").equals(value)) {
            throw new IOException("is not " + value);
        }
    }

    private static byte[] bytes(JsonNode parent, String name) throws IOException {
        try {
            return Base64.getDecoder().decode(parent.path(name).asText(""));
        } catch (IllegalArgumentException e) {
            throw new IOException("has the field '" + name + "', which is not valid Base64");
        }
    }
}
