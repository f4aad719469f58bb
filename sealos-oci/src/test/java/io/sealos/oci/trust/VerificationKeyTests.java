package io.sealos.oci.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerificationKeyTests {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"EC,256", "EC,384", "EC,521", "RSA,2048", "Ed25519,255"})
    void parseWhenKeyIsOfAKnownKindReadsIt(String algorithm, int bits) throws Exception {
        PublicKey key = key(algorithm, bits);
        String pem = pem(key.getEncoded());

        VerificationKey parsed = VerificationKey.parse("a comment\n" + pem);

        assertThat(parsed).isEqualTo(VerificationKey.of(key)).hasSameHashCodeAs(VerificationKey.of(key));
        assertThat(parsed.publicKey()).isEqualTo(key);
        assertThat(VerificationKey.read(Files.writeString(directory.resolve("a.pub"), pem)))
                .isEqualTo(parsed);
    }

    @Test
    void parseWhenThereIsNoKeySaysSo() {
        assertThatExceptionOfType(SigningKeyException.class)
                .isThrownBy(() -> VerificationKey.parse("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"))
                .withMessage("the public key: it has no public key in PEM; name the public key, such as cosign.pub,"
                        + " or a certificate");
    }

    @ParameterizedTest
    @CsvSource({"AAAA", "A", "''"})
    void parseWhenKeyIsDamagedSaysSo(String body) {
        assertThatExceptionOfType(SigningKeyException.class)
                .isThrownBy(() ->
                        VerificationKey.parse("-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----"))
                .withMessageStartingWith("the public key: ");
        assertThatExceptionOfType(SigningKeyException.class)
                .isThrownBy(() ->
                        VerificationKey.parse("-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----"))
                .withMessageStartingWith("the public key: ");
    }

    @Test
    void parseWhenTheEndBeginsInTheBeginningSaysThatThereIsNoKey() {
        assertThatExceptionOfType(SigningKeyException.class)
                .isThrownBy(() -> VerificationKey.parse("-----BEGIN PUBLIC KEY-----END PUBLIC KEY-----"))
                .withMessageStartingWith("the public key: it has no public key in PEM");
    }

    @Test
    void readWhenKeyIsTooShortNamesTheFile() throws Exception {
        Path file = Files.writeString(
                directory.resolve("short.pub"), pem(key("RSA", 1024).getEncoded()));

        assertThatExceptionOfType(SigningKeyException.class)
                .isThrownBy(() -> VerificationKey.read(file))
                .withMessageStartingWith(file + ": an RSA key of this kind is not supported");
    }

    private static PublicKey key(String algorithm, int bits) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(bits);
        return generator.generateKeyPair().getPublic();
    }

    private static String pem(byte[] der) {
        return "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(der)
                + "\n-----END PUBLIC KEY-----\n";
    }
}
