package io.sealos.oci.internal.trust.sign;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/**
 * Opens a secretbox of <a href="https://nacl.cr.yp.to/secretbox.html">NaCl</a>: XSalsa20, with a Poly1305 tag before
 * the encrypted message. It is for files of keys, which are short and not sent by others.
 */
final class SecretBox {
    static final int KEY = 32;
    static final int NONCE = 24;
    private static final int TAG = 16;
    private static final int BLOCK = 64;
    private static final int[] CONSTANT = {0x61707865, 0x3320646e, 0x79622d32, 0x6b206574};
    private static final BigInteger PRIME = BigInteger.ONE.shiftLeft(130).subtract(BigInteger.valueOf(5));
    private static final BigInteger CLAMP = new BigInteger("0ffffffc0ffffffc0ffffffc0fffffff", 16);

    private SecretBox() {}

    /** {@return the message; empty if the tag does not match} */
    static Optional<byte[]> open(byte[] box, byte[] nonce, byte[] key) {
        if (box.length < TAG) {
            return Optional.empty();
        }
        byte[] stream = stream(key, nonce, KEY + box.length - TAG);
        byte[] tag = tag(Arrays.copyOfRange(box, TAG, box.length), stream);
        if (!MessageDigest.isEqual(tag, Arrays.copyOf(box, TAG))) {
            return Optional.empty();
        }
        byte[] message = new byte[box.length - TAG];
        for (int i = 0; i < message.length; i++) {
            message[i] = (byte) (box[TAG + i] ^ stream[KEY + i]);
        }
        return Optional.of(message);
    }

    private static byte[] stream(byte[] key, byte[] nonce, int length) {
        int[] outer = words(nonce);
        int[] mixed = Salsa20.rounds(state(words(key), Arrays.copyOf(outer, 4)), 20);
        int[] inner = {mixed[0], mixed[5], mixed[10], mixed[15], mixed[6], mixed[7], mixed[8], mixed[9]};
        int blocks = (length + BLOCK - 1) / BLOCK;
        ByteBuffer stream = ByteBuffer.allocate(blocks * BLOCK).order(ByteOrder.LITTLE_ENDIAN);
        for (int block = 0; block < blocks; block++) {
            for (int word : Salsa20.block(state(inner, new int[] {outer[4], outer[5], block, 0}), 20)) {
                stream.putInt(word);
            }
        }
        return stream.array();
    }

    private static int[] state(int[] key, int[] input) {
        return new int[] {
            CONSTANT[0],
            key[0],
            key[1],
            key[2],
            key[3],
            CONSTANT[1],
            input[0],
            input[1],
            input[2],
            input[3],
            CONSTANT[2],
            key[4],
            key[5],
            key[6],
            key[7],
            CONSTANT[3]
        };
    }

    private static int[] words(byte[] bytes) {
        int[] words = new int[bytes.length / Integer.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(words);
        return words;
    }

    /** {@return the Poly1305 tag of a message, whose key is the beginning of the stream} */
    private static byte[] tag(byte[] message, byte[] stream) {
        BigInteger factor = number(stream, 0, TAG).and(CLAMP);
        BigInteger sum = BigInteger.ZERO;
        for (int start = 0; start < message.length; start += TAG) {
            int end = Math.min(message.length, start + TAG);
            BigInteger block = number(message, start, end).setBit(8 * (end - start));
            sum = sum.add(block).multiply(factor).mod(PRIME);
        }
        BigInteger tag = sum.add(number(stream, TAG, 2 * TAG));
        byte[] bytes = new byte[TAG];
        for (int i = 0; i < TAG; i++) {
            bytes[i] = tag.shiftRight(8 * i).byteValue();
        }
        return bytes;
    }

    private static BigInteger number(byte[] bytes, int from, int to) {
        byte[] reversed = new byte[to - from];
        for (int i = 0; i < reversed.length; i++) {
            reversed[i] = bytes[to - 1 - i];
        }
        return new BigInteger(1, reversed);
    }
}
