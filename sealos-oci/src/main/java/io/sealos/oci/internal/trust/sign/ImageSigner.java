package io.sealos.oci.internal.trust.sign;

import io.sealos.oci.internal.trust.attach.Artifact;
import io.sealos.oci.internal.trust.attach.Subject;
import io.sealos.oci.trust.SigningKey;
import java.util.ArrayList;
import java.util.List;

/**
 * Signs an image in both forms. The index and the manifest of each platform are signed, so the signature is still valid
 * when one platform is copied.
 */
public final class ImageSigner {
    private final List<SigningKey> keys;

    public ImageSigner(List<SigningKey> keys) {
        this.keys = List.copyOf(keys);
    }

    /**
     * {@return the signatures of an image; empty without keys}
     *
     * @param subjects the index and the manifests
     * @param names the names of the image, which the classic form contains
     */
    public List<Artifact> sign(List<Subject> subjects, List<String> names) {
        List<Artifact> signatures = new ArrayList<>();
        if (keys.isEmpty()) {
            return signatures;
        }
        for (Subject subject : subjects) {
            for (SigningKey key : keys) {
                signatures.add(SignedStatement.sign(SignedStatement.signature(subject), SignedStatement.SIGNATURE, key)
                        .attachTo(subject));
            }
            signatures.add(SimpleSigning.sign(subject, names, keys));
        }
        return signatures;
    }
}
