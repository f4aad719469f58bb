package io.sealos.oci.internal.trust.sign;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The hash of passwords in <a href="https://www.rfc-editor.org/rfc/rfc7914">RFC 7914</a>. */
final class Scrypt {
    private static final int WORDS = 16;

    private final int cost;
    private final int blocks;
    private final int parallel;

    /**
     * Creates a hash.
     *
     * @param cost the parameter N, a power of two
     * @param blocks the parameter r
     * @param parallel the parameter p
     */
    Scrypt(int cost, int blocks, int parallel) {
        this.cost = cost;
        this.blocks = blocks;
        this.parallel = parallel;
    }

    byte[] hash(byte[] password, byte[] salt, int length) {
        int words = 2 * WORDS * blocks;
        byte[] mixed = derive(password, salt, parallel * words * Integer.BYTES);
        ByteBuffer buffer = ByteBuffer.wrap(mixed).order(ByteOrder.LITTLE_ENDIAN);
        int[] block = new int[words];
        for (int lane = 0; lane < parallel; lane++) {
            buffer.asIntBuffer().position(lane * words).get(block);
            buffer.asIntBuffer().position(lane * words).put(mix(block));
        }
        return derive(password, mixed, length);
    }

    /** PBKDF2 with HMAC-SHA-256 and one iteration. */
    private static byte[] derive(byte[] password, byte[] salt, int length) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            // HMAC fills short keys with zeros, so a zero is the empty key, which Java refuses.
            mac.init(new SecretKeySpec(password.length == 0 ? new byte[1] : password, "HmacSHA256"));
            ByteBuffer derived = ByteBuffer.allocate(length);
            for (int block = 1; derived.hasRemaining(); block++) {
                mac.update(salt);
                byte[] part = mac.doFinal(
                        ByteBuffer.allocate(Integer.BYTES).putInt(block).array());
                derived.put(part, 0, Math.min(part.length, derived.remaining()));
            }
            return derived.array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC with SHA-256", e);
        }
    }

    private int[] mix(int[] start) {
        int[] block = start.clone();
        int[][] steps = new int[cost][];
        for (int i = 0; i < cost; i++) {
            steps[i] = block;
            block = next(block);
        }
        for (int i = 0; i < cost; i++) {
            int[] step = steps[block[block.length - WORDS] & (cost - 1)];
            int[] sum = block.clone();
            for (int word = 0; word < sum.length; word++) {
                sum[word] ^= step[word];
            }
            block = next(sum);
        }
        return block;
    }

    private static int[] next(int[] block) {
        int[] result = new int[block.length];
        int[] last = Arrays.copyOfRange(block, block.length - WORDS, block.length);
        int parts = block.length / WORDS;
        for (int part = 0; part < parts; part++) {
            for (int word = 0; word < WORDS; word++) {
                last[word] ^= block[part * WORDS + word];
            }
            last = Salsa20.block(last, 8);
            int place = part / 2 + (part % 2) * (parts / 2);
            System.arraycopy(last, 0, result, place * WORDS, WORDS);
        }
        return result;
    }
}
