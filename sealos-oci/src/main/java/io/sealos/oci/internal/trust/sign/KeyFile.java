package io.sealos.oci.internal.trust.sign;

import io.sealos.internal.files.RequiredPath;
import io.sealos.oci.trust.SigningKeyException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;
import org.jspecify.annotations.Nullable;

/** Reads the file of a private key. */
public final class KeyFile {
    private static final int MOST_ITERATIONS = 50_000_000;
    private static final List<String> ALGORITHMS = List.of("EC", "RSA", "Ed25519");
    private static final String WRONG_PASSWORD = "it cannot be decrypted with this password";
    private static final String CHECK_PASSWORD = "check the password, and that the file is complete";

    private final String place;
    private final char @Nullable [] password;

    private KeyFile(String place, char @Nullable [] password) {
        this.place = place;
        this.password = password;
    }

    /**
     * Reads a key.
     *
     * @param password the password, which is not kept; null for none
     * @throws SigningKeyException if the file has no key of a known form, or the password is wrong
     */
    public static KeyPair read(Path file, char @Nullable [] password) throws IOException {
        byte[] bytes = PemBlock.bytes(file);
        KeyFile key = new KeyFile(RequiredPath.shown(file), password);
        try {
            return key.read(bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private KeyPair read(byte[] bytes) {
        if (bytes.length > 0 && bytes[0] == 0x30) {
            return pkcs12(bytes);
        }
        return pem(PemBlock.first(bytes)
                .orElseThrow(() -> refused(
                        "it is neither a private key in PEM nor a PKCS #12 file", "name the file of a private key")));
    }

    private KeyPair pem(PemBlock block) {
        String label = block.label();
        return switch (label) {
            case "PRIVATE KEY" -> pkcs8(block.decoded(place));
            case "ENCRYPTED PRIVATE KEY" -> encrypted(block.decoded(place), required());
            case "ENCRYPTED SIGSTORE PRIVATE KEY", "ENCRYPTED COSIGN PRIVATE KEY" ->
                sigstore(block.decoded(place), required());
            case "EC PRIVATE KEY", "RSA PRIVATE KEY" ->
                throw refused(
                        "it has the older form '" + label + "'",
                        "convert it with: openssl pkcs8 -topk8 -in FILE -out NEW-FILE");
            default -> throw refused("'" + label + "' is not a private key", "name the file of a private key");
        };
    }

    private char[] required() {
        char[] known = password;
        if (known == null) {
            throw refused("it needs a password", "give the password (SigningKey.read)");
        }
        return known;
    }

    private KeyPair pkcs8(byte[] der) {
        try {
            for (String algorithm : ALGORITHMS) {
                Optional<PrivateKey> key = privateKey(algorithm, der);
                if (key.isPresent()) {
                    KeyPair pair = KeyPairs.complete(key.get()).orElseThrow(this::otherKind);
                    KeyPairs.check(pair.getPublic(), place);
                    return pair;
                }
            }
            throw otherKind();
        } catch (GeneralSecurityException | ArithmeticException e) {
            throw refused("the key in it is not valid", "create it again");
        } finally {
            Arrays.fill(der, (byte) 0);
        }
    }

    private static Optional<PrivateKey> privateKey(String algorithm, byte[] der) {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der)));
        } catch (GeneralSecurityException e) {
            return Optional.empty(); // It is a key of another algorithm, or of none that is known.
        }
    }

    private SigningKeyException otherKind() {
        return refused(
                "it has no EC, RSA or Ed25519 key in the form PKCS #8",
                "create one with: openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out FILE");
    }

    private KeyPair encrypted(byte[] der, char[] secret) {
        PBEKeySpec spec = new PBEKeySpec(secret);
        try {
            EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(der);
            AlgorithmParameters parameters = info.getAlgParameters();
            String algorithm = info.getAlgName().equals("PBES2") ? parameters.toString() : info.getAlgName();
            if (parameters.getParameterSpec(PBEParameterSpec.class).getIterationCount() > MOST_ITERATIONS) {
                throw refused(
                        "its password is hashed more than " + MOST_ITERATIONS + " times", "encrypt the key again");
            }
            Cipher cipher = Cipher.getInstance(algorithm);
            cipher.init(
                    Cipher.DECRYPT_MODE, SecretKeyFactory.getInstance(algorithm).generateSecret(spec), parameters);
            return pkcs8(cipher.doFinal(info.getEncryptedData()));
        } catch (GeneralSecurityException | IOException e) {
            throw refused(WRONG_PASSWORD, CHECK_PASSWORD);
        } finally {
            spec.clearPassword();
        }
    }

    private KeyPair sigstore(byte[] json, char[] secret) {
        try {
            return pkcs8(SigstoreKey.decrypt(json, secret).orElseThrow(() -> refused(WRONG_PASSWORD, CHECK_PASSWORD)));
        } catch (IOException e) {
            throw refused("its encryption " + e.getMessage(), "create the key again with cosign generate-key-pair");
        }
    }

    private KeyPair pkcs12(byte[] bytes) {
        char[] secret = required();
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(bytes), secret);
            List<String> aliases = new ArrayList<>();
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias)) {
                    aliases.add(alias);
                }
            }
            if (aliases.size() != 1) {
                throw refused(
                        "it has " + aliases.size() + " private keys",
                        "name a file with one, or give the key itself (SigningKey.of)");
            }
            return pair(store, aliases.get(0), secret);
        } catch (GeneralSecurityException | IOException e) {
            throw refused(
                    "it cannot be read as PKCS #12 with this password",
                    "check the password; a key in another form is read from PEM");
        }
    }

    private KeyPair pair(KeyStore store, String alias, char[] secret) throws GeneralSecurityException {
        Key key = store.getKey(alias, secret);
        if (!(key instanceof PrivateKey signing) || store.getCertificate(alias) == null) {
            throw refused("it has no private key with a certificate", "export both into the file");
        }
        KeyPair pair = new KeyPair(store.getCertificate(alias).getPublicKey(), signing);
        KeyPairs.check(pair.getPublic(), place);
        return pair;
    }

    private SigningKeyException refused(String problem, String fix) {
        return new SigningKeyException(place, problem, fix);
    }
}
