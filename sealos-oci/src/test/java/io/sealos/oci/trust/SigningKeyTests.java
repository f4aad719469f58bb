package io.sealos.oci.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests which keys sign, in which files they are, and that nothing tells their secrets. */
class SigningKeyTests {
    private static final byte[] MESSAGE = "message".getBytes(StandardCharsets.UTF_8);
    private static final String SECRET = "p4ssw0rd";

    @TempDir
    private Path directory;

    static KeyPair pair(String kind) throws Exception {
        if (kind.startsWith("RSA")) {
            KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
            rsa.initialize(Integer.parseInt(kind.substring(3)));
            return rsa.generateKeyPair();
        }
        if (kind.startsWith("Ed")) {
            return KeyPairGenerator.getInstance(kind).generateKeyPair();
        }
        KeyPairGenerator ec = KeyPairGenerator.getInstance("EC");
        ec.initialize(new ECGenParameterSpec(kind));
        return ec.generateKeyPair();
    }

    static String pem(String label, byte[] bytes) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(bytes) + "\n-----END " + label
                + "-----\n";
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("my.key"), text);
    }

    private static void assertSigns(SigningKey key, PublicKey publicKey, String algorithm) throws Exception {
        Signature verifying = Signature.getInstance(algorithm);
        verifying.initVerify(publicKey);
        verifying.update(MESSAGE);
        assertThat(verifying.verify(key.sign(MESSAGE))).isTrue();
        assertThat(key.publicKey().getEncoded()).isEqualTo(publicKey.getEncoded());
    }

    @ParameterizedTest
    @CsvSource({
        "secp256r1,SHA256withECDSA",
        "secp384r1,SHA256withECDSA",
        "secp521r1,SHA256withECDSA",
        "RSA2048,SHA256withRSA",
        "Ed25519,Ed25519"
    })
    void readWhenKeyIsPkcs8ComputesThePublicKeyAndSigns(String kind, String algorithm) throws Exception {
        for (int round = 0; round < (kind.startsWith("RSA") ? 1 : 8); round++) {
            KeyPair pair = pair(kind);
            Path file =
                    file("a comment\n" + pem("PRIVATE KEY", pair.getPrivate().getEncoded()));

            assertSigns(SigningKey.read(file), pair.getPublic(), algorithm);
            assertSigns(SigningKey.read(file, new char[0]), pair.getPublic(), algorithm);
        }
    }

    @Test
    void readWhenPkcs8IsEncryptedNeedsThePassword() throws Exception {
        Path file = resource("pbes2.key");
        char[] password = SECRET.toCharArray();

        SigningKey key = SigningKey.read(file, password);

        assertThat(key.publicKeyPem()).isEqualTo(Files.readString(resource("pbes2.pub")));
        assertSigns(key, key.publicKey(), "SHA256withECDSA");
        assertThat(password).containsOnly('\0');
        char[] wrong = "wrong".toCharArray();
        assertThatExceptionOfType(SigningKeyException.class)
                .isThrownBy(() -> SigningKey.read(file, wrong))
                .withMessage(file + ": it cannot be decrypted with this password; check the password, and that the file"
                        + " is complete");
        assertThat(wrong).containsOnly('\0');
        assertThatExceptionOfType(SigningKeyException.class)
                .isThrownBy(() -> SigningKey.read(file))
                .withMessage(file + ": it needs a password; give the password (SigningKey.read)");
    }

    @ParameterizedTest
    @CsvSource({"password,secret ä", "no-password,''"})
    void readWhenFileIsOfCosignDecryptsIt(String name, String password) throws Exception {
        Path file = resource(name + ".key");

        SigningKey key = SigningKey.read(file, password.toCharArray());

        assertThat(key.publicKeyPem()).isEqualTo(Files.readString(resource(name + ".pub")));
        assertSigns(key, key.publicKey(), "SHA256withECDSA");
        assertThatExceptionOfType(SigningKeyException.class)
                .isThrownBy(() -> SigningKey.read(file, "other".toCharArray()))
                .withMessage(file + ": it cannot be decrypted with this password; check the password, and that the file"
                        + " is complete");
    }

    private Path resource(String name) throws IOException {
        Path file = directory.resolve(name);
        try (InputStream in = SigningKeyTests.class.getResourceAsStream("/trust/" + name)) {
            Files.write(file, in.readAllBytes());
        }
        return file;
    }

    @Test
    void signWhenAProviderIsGivenUsesIt() throws Exception {
        KeyPair pair = pair("secp256r1");

        SigningKey key = SigningKey.of(pair.getPrivate(), pair.getPublic(), Security.getProvider("SunEC"));

        assertSigns(key, pair.getPublic(), "SHA256withECDSA");
        SigningKey other = SigningKey.of(pair.getPrivate(), pair.getPublic(), Security.getProvider("SUN"));
        assertThatThrownBy(() -> other.sign(MESSAGE))
                .hasMessage(other + ": signing with SHA256withECDSA failed: NoSuchAlgorithmException; check the"
                        + " provider of the key");
    }

    @Test
    void signWhenPublicKeyIsOfAnotherPrivateKeyIsRefused() throws Exception {
        SigningKey key =
                SigningKey.of(pair("secp256r1").getPrivate(), pair("secp256r1").getPublic());

        assertThatThrownBy(() -> key.sign(MESSAGE))
                .isInstanceOf(SigningKeyException.class)
                .hasMessage(key + ": its signature does not match it; give the public key that belongs to the private"
                        + " key");
    }

    @Test
    void signWhenPrivateKeyIsOfAnotherKindIsRefused() throws Exception {
        SigningKey key =
                SigningKey.of(pair("RSA2048").getPrivate(), pair("secp256r1").getPublic());

        assertThatThrownBy(() -> key.sign(MESSAGE))
                .hasMessage(key + ": the private key cannot be used with SHA256withECDSA; give the private key that"
                        + " belongs to the public key, and the provider that has it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ed448", "RSA1024"})
    void ofWhenKindIsNotSupportedIsRefused(String kind) throws Exception {
        KeyPair pair = pair(kind);

        assertThatThrownBy(() -> SigningKey.of(pair.getPrivate(), pair.getPublic()))
                .hasMessageMatching("the public key: an (EdDSA|RSA) key of this kind is not supported; use an EC key on"
                        + " P-256, P-384 or P-521, an RSA key of 2048 to 16384 bits, or an Ed25519 key");
        Path file = file(pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
        assertThatThrownBy(() -> SigningKey.read(file)).isInstanceOf(SigningKeyException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            `` | it is neither a private key in PEM nor a PKCS #12 file; name the file of a private key
            -----BEGIN | it is neither a private key in PEM nor a PKCS #12 file; name the file of a private key
            -----BEGIN PRIVATE KEY-----AAAA | it is neither a private key in PEM nor a PKCS #12 file; name the file of a private key
            -----BEGIN PUBLIC KEY-----AAAA-----END PUBLIC KEY----- | 'PUBLIC KEY' is not a private key; name the file of a private key
            -----BEGIN EC PRIVATE KEY-----AAAA-----END EC PRIVATE KEY----- | it has the older form 'EC PRIVATE KEY'; convert it with: openssl pkcs8 -topk8 -in FILE -out NEW-FILE
            -----BEGIN PRIVATE KEY-----AAAA-----END PRIVATE KEY----- | it has no EC, RSA or Ed25519 key in the form PKCS #8; create one with: openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out FILE
            -----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----AAAA-----END ENCRYPTED SIGSTORE PRIVATE KEY----- | its encryption cannot be read as JSON: line 1 is not as it has to be; create the key again with cosign generate-key-pair
            -----BEGIN ENCRYPTED PRIVATE KEY-----AAAA-----END ENCRYPTED PRIVATE KEY----- | it cannot be decrypted with this password; check the password, and that the file is complete
            0000 | it cannot be read as PKCS #12 with this password; check the password; a key in another form is read from PEM
            """)
    void readWhenFileHasNoKeySaysWhatItIs(String text, String problem) throws Exception {
        Path file = file(text);

        assertThatExceptionOfType(SigningKeyException.class)
                .isThrownBy(() -> SigningKey.read(file, SECRET.toCharArray()))
                .withMessage(file + ": " + problem);
    }

    @Test
    void readWhenFileIsMissingNamesIt() {
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> SigningKey.read(directory.resolve("none")))
                .withMessage(directory.resolve("none").toString());
    }

    @ParameterizedTest
    @CsvSource({"N,3", "N,4194304", "r,0", "p,17", "r,1048576"})
    void readWhenScryptNeedsTooMuchIsRefused(String parameter, int value) throws Exception {
        String json = ("{'kdf':{'name':'scrypt','params':{'N':32768,'r':8,'p':1,'" + parameter
                        + "_':0},'salt':''},'cipher':{'name':'nacl/secretbox','nonce':'"
                        + Base64.getEncoder().encodeToString(new byte[24]) + "'},'ciphertext':''}")
                .replace("'" + parameter + "_':0", "'x':0")
                .replaceFirst("'" + parameter + "':\\d+", "'" + parameter + "':" + value)
                .replace('\'', '"');
        Path file = file(pem("ENCRYPTED COSIGN PRIVATE KEY", json.getBytes(StandardCharsets.UTF_8)));

        assertThatExceptionOfType(SigningKeyException.class)
                .isThrownBy(() -> SigningKey.read(file, SECRET.toCharArray()))
                .withMessageContaining("its encryption ");
    }

    @Test
    void readWhenAFileWasChangedFailsOnlyWithItsOwnException() throws Exception {
        KeyPair pair = pair("secp256r1");
        byte[] der = pair.getPrivate().getEncoded();
        Random random = new Random(7);
        for (int round = 0; round < 500; round++) {
            byte[] changed = der.clone();
            for (int i = 0; i <= random.nextInt(3); i++) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            }
            Path file = file(pem("PRIVATE KEY", changed));
            try {
                SigningKey.read(file).sign(MESSAGE);
            } catch (SigningKeyException e) {
                assertThat(e).hasMessageContaining(": ");
            }
        }
    }

    @Test
    void toStringShowsTheFingerprintOfThePublicKeyOnly() throws Exception {
        KeyPair pair = pair("Ed25519");
        SigningKey key = SigningKey.of(pair.getPrivate(), pair.getPublic());

        assertThat(key.toString()).matches("EdDSA key sha256:[0-9a-f]{64}");
        assertThat(key).isEqualTo(SigningKey.of(pair.getPrivate(), pair.getPublic()));
    }

    @Test
    void readWhenPkcs12HasOneKeyTakesIt() throws Exception {
        Path store = directory.resolve("my.p12");
        keytool(store, "one");
        char[] password = SECRET.toCharArray();

        SigningKey key = SigningKey.read(store, password);

        assertThat(password).containsOnly('\0');
        assertSigns(key, key.publicKey(), "SHA256withECDSA");
        assertThatExceptionOfType(SigningKeyException.class)
                .isThrownBy(() -> SigningKey.read(store, "wrong".toCharArray()))
                .withMessage(store + ": it cannot be read as PKCS #12 with this password; check the password; a key in"
                        + " another form is read from PEM");
        keytool(store, "two");
        assertThatExceptionOfType(SigningKeyException.class)
                .isThrownBy(() -> SigningKey.read(store, SECRET.toCharArray()))
                .withMessage(store + ": it has 2 private keys; name a file with one, or give the key itself"
                        + " (SigningKey.of)");
    }

    private static void keytool(Path store, String alias) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keystore",
                        store.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        SECRET,
                        "-alias",
                        alias,
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=" + alias)
                .redirectErrorStream(true)
                .start();
        process.getInputStream().transferTo(OutputStream.nullOutputStream());
        assertThat(process.waitFor()).isZero();
    }
}
