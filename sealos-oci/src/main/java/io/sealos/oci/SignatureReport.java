package io.sealos.oci;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sealos.images.Digest;
import io.sealos.internal.json.PrettyJson;
import io.sealos.oci.internal.inspect.ImageEvidence;
import io.sealos.oci.internal.trust.sign.KeyPairs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * The result of {@link SignatureVerifier}: who has signed an image, and whether it was changed. Immutable and
 * thread-safe.
 *
 * @since 0.1.0
 */
public final class SignatureReport {
    private final String source;
    private final List<String> names;
    private final Digest digest;
    private final List<Digest> manifests;
    private final List<ImageSignature> signatures;
    private final List<String> mismatches;

    SignatureReport(String source, ImageEvidence evidence) {
        this.source = source;
        this.names = evidence.names();
        this.digest = evidence.root();
        this.manifests = evidence.manifests();
        this.signatures =
                evidence.seals().stream().map(SignatureReport::signature).toList();
        this.mismatches = evidence.mismatches();
    }

    private static ImageSignature signature(ImageEvidence.Seal seal) {
        return new ImageSignature(
                seal.subject(),
                seal.isBundle() ? ImageSignature.Form.BUNDLE : ImageSignature.Form.SIMPLE_SIGNING,
                seal.verdict().key().map(KeyPairs::name),
                seal.verdict().statement(),
                seal.verdict().problem());
    }

    /** {@return the names of the image in the layout, which are not signed; may be empty} */
    public List<String> names() {
        return names;
    }

    /** {@return the digest of the index or, for one platform, of the manifest} */
    public Digest digest() {
        return digest;
    }

    /** {@return all signatures and signed statements that are attached to the image, also those that are not valid} */
    public List<ImageSignature> signatures() {
        return signatures;
    }

    /**
     * {@return the blobs of the image that are missing or do not match their digests, each with its place} At most
     * 1,000; empty if nothing was changed
     */
    public List<String> mismatches() {
        return mismatches;
    }

    /**
     * {@return whether one of the given keys has signed the index or, if it is not signed, the manifest of each
     * platform in the layout}
     */
    public boolean isSigned() {
        return isSigned(digest) || (!manifests.isEmpty() && manifests.stream().allMatch(this::isSigned));
    }

    private boolean isSigned(Digest manifest) {
        return signatures.stream().anyMatch(one -> one.subject().equals(manifest) && one.isSignature());
    }

    /** {@return whether the image is signed and nothing was changed} */
    public boolean isVerified() {
        return isSigned() && mismatches.isEmpty();
    }

    /**
     * {@return this report if the image is signed and nothing was changed}
     *
     * @throws UnverifiedImageException otherwise; it lists the reasons
     */
    public SignatureReport orThrow() {
        if (!isVerified()) {
            throw new UnverifiedImageException(source, problems());
        }
        return this;
    }

    /** {@return the reasons why the image is not verified; empty if it is} */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (!isSigned()) {
            problems.add(signatures.isEmpty() ? digest + " is not signed" : digest + " is not signed by a given key");
            signatures.stream().filter(one -> !one.problem().isEmpty()).forEach(one -> problems.add(one.toString()));
        }
        problems.addAll(mismatches);
        return List.copyOf(problems);
    }

    /**
     * {@return this report as a JSON object} It has the properties {@code source}, {@code names}, {@code digest},
     * {@code verified}, {@code signed}, {@code signatures} (with {@code subject}, {@code form}, {@code key} if it is
     * known, {@code statement} and, if it is not valid, {@code problem}) and {@code mismatches}.
     */
    public String toJson() {
        return PrettyJson.object(json -> {
            json.writeStringField("source", source);
            PrettyJson.texts(json, "names", names);
            json.writeStringField("digest", digest.toString());
            json.writeBooleanField("verified", isVerified());
            json.writeBooleanField("signed", isSigned());
            PrettyJson.objects(json, "signatures", signatures, SignatureReport::write);
            PrettyJson.texts(json, "mismatches", mismatches);
        });
    }

    private static void write(JsonGenerator json, ImageSignature signature) throws IOException {
        json.writeStringField("subject", signature.subject().toString());
        json.writeStringField("form", signature.form().name().toLowerCase(Locale.ROOT));
        if (signature.key().isPresent()) {
            json.writeStringField("key", signature.key().get());
        }
        json.writeStringField("statement", signature.statement());
        if (!signature.problem().isEmpty()) {
            json.writeStringField("problem", signature.problem());
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SignatureReport that
                && source.equals(that.source)
                && names.equals(that.names)
                && digest.equals(that.digest)
                && manifests.equals(that.manifests)
                && signatures.equals(that.signatures)
                && mismatches.equals(that.mismatches);
    }

    @Override
    public int hashCode() {
        return Objects.hash(source, names, digest, manifests, signatures, mismatches);
    }

    /** {@return one line with the result, and one line for each signature and mismatch} */
    @Override
    public String toString() {
        String result = (isSigned() ? "signed" : "not signed") + (mismatches.isEmpty() ? ", unchanged" : ", changed");
        StringBuilder text = new StringBuilder(source + ": " + digest + " is " + result);
        signatures.forEach(signature -> text.append('\n').append(signature));
        mismatches.forEach(mismatch -> text.append('\n').append(mismatch));
        return text.toString();
    }
}
