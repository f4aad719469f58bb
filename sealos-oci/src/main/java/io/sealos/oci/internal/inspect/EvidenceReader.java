package io.sealos.oci.internal.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealos.images.Digest;
import io.sealos.internal.text.Count;
import io.sealos.internal.text.Printable;
import io.sealos.oci.ImageChoice;
import io.sealos.oci.ImageChoiceException;
import io.sealos.oci.internal.read.StoredFiles;
import io.sealos.oci.internal.trust.check.SignatureCheck;
import io.sealos.oci.internal.trust.sign.SignedStatement;
import io.sealos.oci.internal.trust.sign.SimpleSigning;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Checks the signatures and the content of one image of a layout, for all of its platforms. */
final class EvidenceReader {
    private final StoredFiles files;
    private final Blobs blobs;
    private final SignatureCheck check;

    EvidenceReader(StoredFiles files, SignatureCheck check) {
        this.files = files;
        this.blobs = new Blobs(files);
        this.check = check;
    }

    ImageEvidence read(ImageChoice choice) throws IOException {
        LayoutImages.Root root = choose(choice);
        ContentCheck content = new ContentCheck(files);
        content.check(root.entry());
        Digest digest = blobs.digest(root.entry());
        Set<Digest> subjects = new LinkedHashSet<>(List.of(digest));
        subjects.addAll(content.manifests());
        List<ImageEvidence.Seal> seals = new ArrayList<>();
        List<String> mismatches = new ArrayList<>(content.mismatches());
        try {
            for (FoundDocument document : new LayoutDocuments(files).of(subjects)) {
                seals.addAll(seals(document));
            }
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            mismatches.add(Printable.message("documents: " + e.getMessage()));
        }
        return new ImageEvidence(List.copyOf(root.names()), digest, content.manifests(), seals, mismatches);
    }

    private LayoutImages.Root choose(ImageChoice choice) throws IOException {
        LayoutImages images = new LayoutImages(files);
        List<LayoutImages.Root> roots = images.roots(choice);
        if (roots.size() == 1) {
            return roots.get(0);
        }
        List<String> available = images.roots(ImageChoice.any()).stream()
                .map(root -> root.names().isEmpty()
                        ? root.entry().path("digest").asText("")
                        : String.join(", ", root.names()))
                .toList();
        throw new ImageChoiceException(
                files.place(),
                (roots.isEmpty() ? "no image" : Count.of(roots.size(), "image"))
                        + choice.tag().map(tag -> " named '" + tag + "'").orElse(""),
                available);
    }

    private List<ImageEvidence.Seal> seals(FoundDocument document) throws IOException {
        List<ImageEvidence.Seal> seals = new ArrayList<>();
        for (JsonNode layer : document.layers()) {
            String type = layer.path("mediaType").asText("");
            boolean bundle = type.equals(SignedStatement.BUNDLE);
            if (bundle || type.equals(SimpleSigning.PAYLOAD)) {
                seals.add(new ImageEvidence.Seal(document.subject(), bundle, verdict(document, layer, bundle)));
            }
        }
        return seals;
    }

    private SignatureCheck.Verdict verdict(FoundDocument document, JsonNode layer, boolean bundle) throws IOException {
        if (!blobs.has(layer)) {
            return SignatureCheck.Verdict.problem("its content is missing");
        }
        byte[] content = blobs.bytes(blobs.digest(layer));
        String signature =
                layer.path("annotations").path(SimpleSigning.SIGNATURE).asText("");
        return bundle
                ? check.bundle(content, document.subject(), () -> blobs.bytes(document.subject()))
                : check.payload(content, signature, document.subject());
    }
}
