package io.sealos.oci.internal.verify;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealos.internal.text.Count;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.read.Documents;
import io.sealos.oci.internal.read.InterruptibleInput;
import io.sealos.oci.internal.read.StoredFiles.Stored;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Compares blobs with the descriptors that point to them. Documents are read at once, and layers at the end. */
final class BlobCheck {
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}");
    private static final String BLOBS = "blobs/";

    private final LayoutFiles files;
    private final Findings findings;
    private final LayerQueue layers;
    private final Set<String> sound = new TreeSet<>();
    private final Set<String> read = new TreeSet<>();

    BlobCheck(LayoutFiles files, Findings findings) {
        this.files = files;
        this.findings = findings;
        this.layers = new LayerQueue(findings);
    }

    /** {@return the document of a descriptor; empty if it is missing or does not match} */
    Optional<Stored> sound(JsonNode descriptor, String place) {
        String digest = descriptor.path("digest").asText("");
        try {
            Optional<Stored> blob = find(descriptor, digest, place);
            return blob.isPresent() && hasDigest(digest, blob.get(), place) ? blob : Optional.empty();
        } catch (IOException e) {
            findings.mismatch(place, "blob " + digest + " cannot be read: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** {@return the document with a digest, of which no size is known; empty if it is missing or does not match} */
    Optional<Stored> sound(String digest, String place) {
        try {
            Optional<Stored> blob = file(digest, place);
            return blob.isPresent() && hasDigest(digest, blob.get(), place) ? blob : Optional.empty();
        } catch (IOException e) {
            findings.mismatch(place, "blob " + digest + " cannot be read: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** Adds a layer or another large blob, which {@link #layers} reads. */
    void add(JsonNode descriptor, LayerUse use) {
        String digest = descriptor.path("digest").asText("");
        try {
            Optional<Stored> blob = find(descriptor, digest, use.place());
            if (blob.isPresent()) {
                read.add(digest);
                layers.add(digest, blob.get(), use);
            }
        } catch (IOException e) {
            findings.mismatch(use.place(), "blob " + digest + " cannot be read: " + e.getMessage());
        }
    }

    LayerQueue layers() {
        return layers;
    }

    private Optional<Stored> file(String digest, String place) throws IOException {
        if (!DIGEST.matcher(digest).matches()) {
            findings.mismatch(place, "the descriptor has no digest but '" + digest + "'");
            return Optional.empty();
        }
        return files.find(BLOBS + digest.replace(':', '/'), "blob " + digest, place);
    }

    private Optional<Stored> find(JsonNode descriptor, String digest, String place) throws IOException {
        if (DIGEST.matcher(digest).matches()
                && descriptor.path("mediaType").asText("").isEmpty()) {
            findings.mismatch(place, "the descriptor of " + digest + " has no media type");
        }
        Optional<Stored> blob = file(digest, place);
        JsonNode size = descriptor.path("size");
        if (blob.isPresent()
                && (!size.isIntegralNumber() || size.asLong() != blob.get().size())) {
            findings.mismatch(
                    place,
                    "blob " + digest + " has " + Count.of(blob.get().size(), "byte") + ", the descriptor says "
                            + size.asText("nothing"));
            return Optional.empty();
        }
        return blob;
    }

    private boolean hasDigest(String digest, Stored blob, String place) throws IOException {
        if (read.add(digest)) {
            findings.countBlob(blob.size());
            String found = digestOf(blob, digest.substring(0, digest.indexOf(':')));
            if (found.equals(digest)) {
                sound.add(digest);
            } else {
                findings.mismatch(place, "blob " + digest + " has the digest " + found);
            }
        }
        return sound.contains(digest);
    }

    private static String digestOf(Stored blob, String algorithm) throws IOException {
        MessageDigest hash = Digests.start(algorithm);
        try (InputStream in = new DigestInputStream(new InterruptibleInput(blob.open()), hash)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return Digests.finish(algorithm, hash).toString();
    }

    /** {@return the document in a file; null if it is not a JSON object} */
    @Nullable
    JsonNode document(Stored file, String place) {
        try (InputStream content = file.open()) {
            return Documents.object(Documents.bytes(content));
        } catch (IOException e) {
            findings.mismatch(place, String.valueOf(e.getMessage()));
            return null;
        }
    }

    void noteUnreferenced() {
        try {
            for (String blob : files.blobs()) {
                if (!read.contains(blob.substring(BLOBS.length()).replace('/', ':'))) {
                    findings.note(blob, "nothing points to this file");
                }
            }
        } catch (IOException e) {
            findings.mismatch("blobs", "cannot be listed: " + e.getMessage());
        }
    }
}
