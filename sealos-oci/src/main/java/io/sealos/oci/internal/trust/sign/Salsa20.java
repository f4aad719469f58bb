package io.sealos.oci.internal.trust.sign;

/** The core of the <a href="https://cr.yp.to/snuffle/spec.pdf">Salsa20</a> cipher. */
final class Salsa20 {
    private Salsa20() {}

    /** {@return the sum of a block and the block after a number of rounds} */
    static int[] block(int[] input, int rounds) {
        int[] result = rounds(input, rounds);
        for (int i = 0; i < result.length; i++) {
            result[i] += input[i];
        }
        return result;
    }

    /** {@return a block after a number of rounds} */
    static int[] rounds(int[] input, int rounds) {
        int[] x = input.clone();
        for (int i = 0; i < rounds; i += 2) {
            quarter(x, 0, 4, 8, 12);
            quarter(x, 5, 9, 13, 1);
            quarter(x, 10, 14, 2, 6);
            quarter(x, 15, 3, 7, 11);
            quarter(x, 0, 1, 2, 3);
            quarter(x, 5, 6, 7, 4);
            quarter(x, 10, 11, 8, 9);
            quarter(x, 15, 12, 13, 14);
        }
        return x;
    }

    private static void quarter(int[] x, int a, int b, int c, int d) {
        x[b] ^= Integer.rotateLeft(x[a] + x[d], 7);
        x[c] ^= Integer.rotateLeft(x[b] + x[a], 9);
        x[d] ^= Integer.rotateLeft(x[c] + x[b], 13);
        x[a] ^= Integer.rotateLeft(x[d] + x[c], 18);
    }
}
