package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealos.images.Digest;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.MediaTypes;
import io.sealos.oci.internal.trust.attach.Subject;
import io.sealos.oci.internal.trust.sign.SignedStatement;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Tests wrong signatures of each kind. */
class WrongSignatureTests extends SignedLayoutFixture {
    @Test
    void verifyWhenThePlatformManifestsAreSignedAcceptsTheIndex() throws Exception {
        builder().platform("linux/amd64").platform("linux/arm64").build().writeTo(OciLayout.directory(layout));
        List<Digest> platforms = OciLayoutVerifier.verify(layout).isValid() ? manifests() : List.of();

        attach(bundle(platforms.get(0), key));
        assertThat(verify().isSigned()).isFalse();
        attach(bundle(platforms.get(0), key), bundle(platforms.get(1), key));
        assertThat(verify().isVerified()).isTrue();
    }

    @Test
    void verifyWhenASignatureIsOfAnotherImageRefusesIt() throws Exception {
        BuildResult done = builder().build().writeTo(OciLayout.directory(layout));
        Subject other = new Subject(MediaTypes.OCI_MANIFEST, Digests.sha256("other"), 5);
        byte[] replayed = SignedStatement.sign(SignedStatement.signature(other), SignedStatement.SIGNATURE, key)
                .content();
        byte[] payload =
                ("{\"critical\":{\"identity\":{\"docker-reference\":\"a\"},\"image\":{\"docker-manifest-digest\":\""
                                + other.digest()
                                + "\"},\"type\":\"cosign container image signature\"},\"optional\":null}")
                        .getBytes(StandardCharsets.UTF_8);

        attach(content(done.digest(), replayed), tagged(done.digest(), payload, key.sign(payload)));

        assertThat(verify().problems())
                .containsExactly(
                        done.digest() + " is not signed by a given key",
                        "bundle (https://sigstore.dev/cosign/sign/v1) of " + done.digest() + " by " + key
                                + ": it signs another image, " + other.digest(),
                        "simple signing (a) of " + done.digest() + " by " + key + ": it signs another image, "
                                + other.digest());
    }

    @Test
    void verifyWhenOnlyAnotherStatementIsSignedIsNoSignature() throws Exception {
        BuildResult done = builder().build().writeTo(OciLayout.directory(layout));
        byte[] statement = new String(SignedStatement.signature(subject(done.digest())), StandardCharsets.UTF_8)
                .replace("https://sigstore.dev/cosign/sign/v1", "https://slsa.dev/provenance/v1")
                .getBytes(StandardCharsets.UTF_8);

        attach(content(
                done.digest(),
                SignedStatement.sign(statement, "https://slsa.dev/provenance/v1", key)
                        .content()));

        SignatureReport report = verify();
        assertThat(report.isSigned()).isFalse();
        assertThat(report.signatures().get(0).key()).contains(key.toString());
        assertThat(report.signatures().get(0).statement()).isEqualTo("https://slsa.dev/provenance/v1");
    }

    @Test
    void verifyWhenAPayloadHasAnotherTypeRefusesIt() throws Exception {
        BuildResult done = builder().build().writeTo(OciLayout.directory(layout));
        byte[] payload = ("{\"critical\":{\"image\":{\"docker-manifest-digest\":\"" + done.digest()
                        + "\"},\"type\":\"atomic container signature\"}}")
                .getBytes(StandardCharsets.UTF_8);

        attach(tagged(done.digest(), payload, key.sign(payload)));

        assertThat(verify().signatures().get(0).problem())
                .isEqualTo("its payload has the type 'atomic container signature'");
    }

    @Test
    void verifyWhenABundleWasChangedOrCutNeverTrustsIt() throws Exception {
        BuildResult done = builder().build().writeTo(OciLayout.directory(layout));
        byte[] right = SignedStatement.sign(
                        SignedStatement.signature(subject(done.digest())), SignedStatement.SIGNATURE, key)
                .content();
        Random random = new Random(3);
        String text = new String(right, StandardCharsets.UTF_8);
        int payloadStart = text.indexOf("\"payload\":\"") + 11;
        for (int round = 0; round < 60; round++) {
            byte[] wrong = round % 2 == 0 ? Arrays.copyOf(right, random.nextInt(right.length)) : right.clone();
            if (round % 2 == 1) {
                int place = payloadStart + random.nextInt(300);
                wrong[place] = (byte) (wrong[place] == 'A' ? 'B' : 'A');
            }
            attach(content(done.digest(), wrong));
            assertThat(verify().isSigned()).as("round " + round).isFalse();
        }
        attach(content(done.digest(), right));
        assertThat(verify().isSigned()).isTrue();
    }
}
