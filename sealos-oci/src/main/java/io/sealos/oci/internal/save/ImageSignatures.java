package io.sealos.oci.internal.save;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealos.images.Digest;
import io.sealos.images.ImageReference;
import io.sealos.oci.internal.client.RawManifest;
import io.sealos.oci.internal.client.TransferException;
import io.sealos.oci.internal.read.Documents;
import io.sealos.oci.internal.source.ImageFetcher;
import io.sealos.oci.internal.store.ContentStore;
import io.sealos.oci.internal.store.ImageProblemException;
import io.sealos.oci.internal.trust.check.SignatureCheck;
import io.sealos.oci.internal.trust.policy.SignatureRule;
import io.sealos.oci.internal.trust.sign.SignedStatement;
import io.sealos.oci.internal.trust.sign.SimpleSigning;
import io.sealos.oci.internal.work.Interruptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the signatures of an image, and compares them with a policy. A signature of the manifest or index that the name
 * refers to counts, and one of the manifest for the platform.
 */
final class ImageSignatures {
    private static final int MOST = 200;
    private static final Set<String> SIGNATURES = Set.of(SignedStatement.SIGNATURE, SignatureCheck.MESSAGE);
    private static final String MANIFESTS = "manifests";
    private static final String LAYERS = "layers";
    private static final String COPY_THEM = "copy the signatures to the mirror, too: the tag sha256-HEX.sig and the"
            + " referrers, such as with cosign copy";

    private final ContentStore store;
    private final ImageFetcher fetcher;
    private final EarlyBlobs early;
    private final ImageReference image;
    private final String registryHost;

    /**
     * Creates a check for one image.
     *
     * @param registryHost the host of its registry, which is not that of a mirror
     */
    ImageSignatures(
            ContentStore store, ImageFetcher fetcher, EarlyBlobs early, ImageReference image, String registryHost) {
        this.store = store;
        this.fetcher = fetcher;
        this.early = early;
        this.image = image;
        this.registryHost = registryHost;
    }

    /** A signature of one of the digests of the image, as it was found. */
    private interface Found {
        /** {@return the problem of the signature according to a rule; empty if it fulfils the rule} */
        String problem(SignatureRule rule);
    }

    /**
     * Throws an exception unless all rules are fulfilled.
     *
     * @param root the document to which the name of the image refers
     * @param manifest the manifest for the platform if only that is saved; the root otherwise
     */
    void check(List<SignatureRule> rules, RawManifest root, Digest manifest) throws IOException, InterruptedException {
        for (SignatureRule rule : rules) {
            switch (rule.kind()) {
                case REJECT ->
                    throw new ImageProblemException(
                            "the policy for signatures rejects it", "use another image, or change the policy");
                case UNCOVERED ->
                    throw new ImageProblemException(
                            "the policy for signatures has no rule for it",
                            "add one for " + image.name() + " or " + image.registry());
                case SIGNED -> checkSigned(rule, root, manifest);
                default -> {
                    // Accepted without a signature.
                }
            }
        }
    }

    private void checkSigned(SignatureRule rule, RawManifest root, Digest manifest)
            throws IOException, InterruptedException {
        Set<Digest> subjects = new LinkedHashSet<>(List.of(root.digest(), manifest));
        Set<String> problems = new LinkedHashSet<>();
        for (Digest subject : subjects) {
            for (Found signature : found(subject, root.host())) {
                String problem = signature.problem(rule);
                if (problem.isEmpty()) {
                    return;
                }
                problems.add(problem);
            }
        }
        String wanted = "wanted is a signature by " + rule.keysText();
        if (problems.isEmpty()) {
            throw isFromMirror(root.host())
                    ? new ImageProblemException(
                            "it comes from " + root.host() + ", and neither there nor at " + image.registry()
                                    + " is a signature of " + subjects + "; " + wanted,
                            COPY_THEM)
                    : new ImageProblemException(
                            "it is not signed: there is no signature of " + subjects + "; " + wanted,
                            "have it signed, or accept it in the policy");
        }
        throw new ImageProblemException(
                "it is signed, but not as the policy demands: " + String.join("; ", problems) + "; " + wanted,
                "find out who has signed it, and add that key to the policy only if it is right");
    }

    private boolean isFromMirror(String host) {
        return !host.isEmpty() && !host.equals(registryHost);
    }

    private List<Found> found(Digest subject, String host) throws IOException, InterruptedException {
        try {
            List<Found> found = new ArrayList<>(payloads(subject));
            found.addAll(bundles(subject));
            return found;
        } catch (TransferException e) {
            if (!isFromMirror(host)) {
                throw e;
            }
            throw new ImageProblemException(
                    "it comes from " + host + ", which has no signature of " + subject
                            + ", and its registry cannot be asked: " + e.problem(),
                    COPY_THEM,
                    e);
        }
    }

    /** Finds simple signing: the payloads are the layers of an image with a tag that follows from the digest. */
    private List<Found> payloads(Digest subject) throws IOException, InterruptedException {
        Optional<RawManifest> tagged = fetcher.tagged(ImageFetcher.referrersTag(subject) + ".sig");
        if (tagged.isEmpty()) {
            return List.of();
        }
        List<Found> found = new ArrayList<>();
        for (JsonNode layer : bounded(Documents.object(tagged.get().bytes()).path(LAYERS))) {
            if (layer.path("mediaType").asText("").equals(SimpleSigning.PAYLOAD)) {
                String signature =
                        layer.path("annotations").path(SimpleSigning.SIGNATURE).asText("");
                byte[] payload = blob(layer);
                found.add(rule ->
                        problem(rule, new SignatureCheck(rule.publicKeys()).payload(payload, signature, subject)));
            }
        }
        return found;
    }

    private String problem(SignatureRule rule, SignatureCheck.Verdict verdict) {
        boolean otherName = verdict.problem().isEmpty()
                && rule.identity().isPresent()
                && !rule.identity().get().matches(verdict.statement(), image);
        return otherName
                ? "it is signed for the name '" + verdict.statement() + "', the policy demands "
                        + rule.identity().get()
                : verdict.problem();
    }

    /** Finds Sigstore bundles among the documents that refer to a manifest. */
    private List<Found> bundles(Digest subject) throws IOException, InterruptedException {
        Optional<RawManifest> list = fetcher.referrers(subject);
        if (list.isEmpty()) {
            return List.of();
        }
        List<Found> found = new ArrayList<>();
        for (JsonNode entry : bounded(Documents.object(list.get().bytes()).path(MANIFESTS))) {
            if (!entry.path("artifactType").asText("").equals(SignedStatement.BUNDLE)) {
                continue;
            }
            JsonNode manifest = Documents.object(
                    fetcher.manifest(ImageContents.digest(entry)).bytes());
            for (JsonNode layer : bounded(manifest.path(LAYERS))) {
                byte[] bundle = blob(layer);
                found.add(rule -> bundleProblem(
                        rule, new SignatureCheck(rule.publicKeys()).bundle(bundle, subject, () -> manifest(subject))));
            }
        }
        return found;
    }

    private byte[] manifest(Digest subject) throws IOException {
        try {
            return fetcher.manifest(subject).bytes();
        } catch (InterruptedException e) {
            throw Interruptions.during("a signature was verified", e);
        }
    }

    private static String bundleProblem(SignatureRule rule, SignatureCheck.Verdict verdict) {
        if (!verdict.problem().isEmpty()) {
            return verdict.problem();
        }
        if (!SIGNATURES.contains(verdict.statement())) {
            return "its bundle states '" + verdict.statement() + "' and is no signature";
        }
        return rule.identity().isPresent()
                ? "its bundle states no name, the policy demands "
                        + rule.identity().get()
                : "";
    }

    private static List<JsonNode> bounded(JsonNode list) throws IOException {
        if (list.size() > MOST) {
            throw new ImageProblemException(
                    "it has more than " + MOST + " signatures", "remove those that nobody needs");
        }
        List<JsonNode> entries = new ArrayList<>();
        list.forEach(entries::add);
        return entries;
    }

    private byte[] blob(JsonNode descriptor) throws IOException, InterruptedException {
        Digest digest = ImageContents.digest(descriptor);
        long size = ImageContents.size(descriptor);
        if (size > Documents.MAX_BYTES) {
            throw new ImageProblemException(
                    "its signature " + digest + " has more than " + Documents.MAX_BYTES + " bytes",
                    "have it signed again");
        }
        early.fetch(digest, size, fetcher);
        return store.document(digest)
                .orElseThrow(() -> new ImageProblemException(
                        "its signature " + digest + " is gone from the content store while it was read",
                        "let nothing else write there, and build again"));
    }
}
