package io.sealos.oci.internal.trust.sign;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the algorithms of the key file of cosign with the vectors of their specifications. */
class SigstoreKeyTests {
    private static final HexFormat HEX = HexFormat.of();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            '' | '' | 16 | 1 | 1 | 77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906
            password | NaCl | 1024 | 8 | 16 | fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640
            pleaseletmein | SodiumChloride | 16384 | 8 | 1 | 7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887
            """)
    void hashWhenVectorIsOfRfc7914GivesItsResult(
            String password, String salt, int cost, int blocks, int parallel, String expected) {
        byte[] hash = new Scrypt(cost, blocks, parallel)
                .hash(
                        password.getBytes(StandardCharsets.UTF_8),
                        salt.getBytes(StandardCharsets.UTF_8),
                        expected.length() / 2);

        assertThat(HEX.formatHex(hash)).isEqualTo(expected);
    }

    @Test
    void openWhenVectorIsOfNaclGivesTheMessage() {
        byte[] key = HEX.parseHex("1b27556473e985d462cd51197a9a46c76009549eac6474f206c4ee0844f68389");
        byte[] nonce = HEX.parseHex("69696ee955b62b73cd62bda875fc73d68219e0036b7a0b37");
        byte[] box =
                HEX.parseHex("f3ffc7703f9400e52a7dfb4b3d3305d98e993b9f48681273c29650ba32fc76ce48332ea7164d96a4476fb8c5"
                        + "31a1186ac0dfc17c98dce87b4da7f011ec48c97271d2c20f9b928fe2270d6fb863d51738b48eeee314a7cc8ab932164548e5"
                        + "26ae90224368517acfeabd6bb3732bc0e9da99832b61ca01b6de56244a9e88d5f9b37973f622a43d14a6599b1f654cb45a74"
                        + "e355a5");

        assertThat(HEX.formatHex(SecretBox.open(box, nonce, key).orElseThrow()))
                .isEqualTo(
                        "be075fc53c81f2d5cf141316ebeb0c7b5228c52a4c62cbd44b66849b64244ffce5ecbaaf33bd751a1ac728d45e6c"
                                + "61296cdc3c01233561f41db66cce314adb310e3be8250c46f06dceea3a7fa1348057e2f6556ad6b1318a024a838f21"
                                + "af1fde048977eb48f59ffd4924ca1c60902e52f0a089bc76897040e082f937763848645e0705");
        for (int bit = 0; bit < 8 * box.length; bit += 7) {
            byte[] changed = box.clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(SecretBox.open(changed, nonce, key)).as("bit " + bit).isEmpty();
        }
        assertThat(SecretBox.open(new byte[15], nonce, key)).isEmpty();
    }
}
