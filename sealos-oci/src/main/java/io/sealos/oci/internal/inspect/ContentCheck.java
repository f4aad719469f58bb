package io.sealos.oci.internal.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealos.images.Digest;
import io.sealos.internal.text.Printable;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.read.Documents;
import io.sealos.oci.internal.read.InterruptibleInput;
import io.sealos.oci.internal.read.StoredFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Compares all blobs of an image with the digests that lead to them, from its index to its layers. */
final class ContentCheck {
    private static final int MAX_DEPTH = 8;
    private static final int MOST_MISMATCHES = 1_000;
    private static final int BUFFER = 1 << 18;

    private final StoredFiles files;
    private final Set<String> checked = new HashSet<>();
    private final List<Digest> manifests = new ArrayList<>();
    private final List<String> mismatches = new ArrayList<>();

    ContentCheck(StoredFiles files) {
        this.files = files;
    }

    /** {@return the manifests with a configuration that are in the image} */
    List<Digest> manifests() {
        return manifests;
    }

    List<String> mismatches() {
        return mismatches;
    }

    /** Checks the index or manifest of an image, and everything to which it leads. */
    void check(JsonNode root) throws IOException {
        check(root, 0);
    }

    private void check(JsonNode descriptor, int depth) throws IOException {
        String digest = descriptor.path("digest").asText("");
        if (!checked.add(digest)) {
            return;
        }
        Optional<byte[]> bytes = document(descriptor);
        if (bytes.isEmpty()) {
            return;
        }
        try {
            JsonNode document = Documents.object(bytes.get());
            if (document.path("manifests").isArray()) {
                children(document, digest, depth);
            } else {
                manifests.add(Digest.parse(digest));
                blob(document.path("config"), "the configuration of " + digest);
                for (JsonNode layer : document.path("layers")) {
                    blob(layer, "a layer of " + digest);
                }
            }
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            mismatch("manifest " + digest, String.valueOf(e.getMessage()));
        }
    }

    private void children(JsonNode index, String digest, int depth) throws IOException {
        if (depth >= MAX_DEPTH) {
            mismatch("index " + digest, "indexes are nested more than " + MAX_DEPTH + " deep");
            return;
        }
        for (JsonNode child : index.path("manifests")) {
            // An index may list platforms that were not copied with it.
            if (stored(child).isPresent()) {
                check(child, depth + 1);
            }
        }
    }

    private Optional<StoredFiles.Stored> stored(JsonNode descriptor) throws IOException {
        return files.find("blobs/" + descriptor.path("digest").asText("").replace(':', '/'));
    }

    private Optional<byte[]> document(JsonNode descriptor) throws IOException {
        String place = "manifest " + descriptor.path("digest").asText("");
        Optional<StoredFiles.Stored> stored = sized(descriptor, place);
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = stored.get().open()) {
            byte[] bytes = Documents.bytes(in);
            return compare(descriptor, new ByteArrayInputStream(bytes), place) ? Optional.of(bytes) : Optional.empty();
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            mismatch(place, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private void blob(JsonNode descriptor, String place) throws IOException {
        Optional<StoredFiles.Stored> stored = sized(descriptor, place);
        if (stored.isPresent() && checked.add(descriptor.path("digest").asText(""))) {
            try (InputStream in = stored.get().open()) {
                compare(descriptor, in, place);
            }
        }
    }

    private Optional<StoredFiles.Stored> sized(JsonNode descriptor, String place) throws IOException {
        String digest = descriptor.path("digest").asText("");
        if (!isDigest(digest)) {
            mismatch(place, "there is no digest, but '" + digest + "'");
            return Optional.empty();
        }
        Optional<StoredFiles.Stored> stored = stored(descriptor);
        if (stored.isEmpty()) {
            mismatch(place, "blob " + digest + " is missing");
        } else if (stored.get().size() != descriptor.path("size").asLong(-1)) {
            mismatch(
                    place,
                    "blob " + digest + " has " + stored.get().size() + " bytes instead of "
                            + descriptor.path("size").asText("a known number"));
            return Optional.empty();
        }
        return stored;
    }

    private static boolean isDigest(String text) {
        try {
            return Digest.parse(text).toString().equals(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private boolean compare(JsonNode descriptor, InputStream content, String place) throws IOException {
        Digest expected = Digest.parse(descriptor.path("digest").asText(""));
        MessageDigest hash = Digests.start(expected.algorithm());
        InputStream in = new InterruptibleInput(content);
        byte[] buffer = new byte[BUFFER];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            hash.update(buffer, 0, read);
        }
        Digest found = Digests.finish(expected.algorithm(), hash);
        if (!found.equals(expected)) {
            mismatch(place, "blob " + expected + " has the digest " + found);
        }
        return found.equals(expected);
    }

    private void mismatch(String place, String problem) {
        if (mismatches.size() < MOST_MISMATCHES) {
            mismatches.add(Printable.message(place + ": " + problem));
        }
    }
}
