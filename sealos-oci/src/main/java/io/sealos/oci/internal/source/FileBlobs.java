package io.sealos.oci.internal.source;

import io.sealos.images.Digest;
import io.sealos.internal.text.Count;
import io.sealos.oci.internal.progress.CountedInputStream;
import io.sealos.oci.internal.read.InterruptibleInput;
import io.sealos.oci.internal.read.StoredFiles;
import io.sealos.oci.internal.store.BlobWriter;
import io.sealos.oci.internal.store.ContentStore;
import io.sealos.oci.internal.store.ImageProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Copies blobs of an archive or layout into the store. Only requested blobs are copied, and each is verified. */
final class FileBlobs {
    private final StoredFiles files;
    private final ContentStore store;
    private final Map<Digest, String> named = new HashMap<>();

    FileBlobs(StoredFiles files, ContentStore store) {
        this.files = files;
        this.store = store;
    }

    /** Registers the path of a blob that differs from that in an OCI layout. */
    void name(Digest digest, String path) {
        named.put(digest, path);
    }

    /** Stores a document that was created for the archive. */
    Digest put(byte[] document) throws IOException {
        return store.put(document, "sha256").digest();
    }

    /** Stores a file whose digest is not known. */
    Digest put(String path) throws IOException {
        try (InputStream content = files.file(path).open()) {
            return store.put(content, "sha256").digest();
        }
    }

    byte[] document(Digest digest) throws IOException {
        if (store.document(digest).isEmpty()) {
            take(digest, content -> content);
        }
        return store.document(digest)
                .orElseThrow(() -> new ImageProblemException(
                        digest + " is gone from the content store while it was read",
                        "let nothing else write there, and build again"));
    }

    void fetch(Digest digest, long size, BlobListener listener) throws IOException {
        if (store.has(digest, size)) {
            listener.reused();
            return;
        }
        listener.started("");
        long taken =
                take(digest, content -> new CountedInputStream(new InterruptibleInput(content), listener::received));
        if (taken != size) {
            throw files.broken(path(digest), "has " + Count.of(taken, "byte") + ", the manifest says " + size);
        }
        listener.finished();
    }

    private long take(Digest digest, UnaryOperator<InputStream> counting) throws IOException {
        String path = path(digest);
        StoredFiles.Stored stored = files.find(path)
                .orElseThrow(() -> ImageProblemException.at(
                        files,
                        " names " + digest + " but does not have it",
                        "save the image there again, with all platforms that are wanted"));
        try (InputStream content = counting.apply(stored.open());
                BlobWriter ingest = store.ingest(digest)) {
            ingest.write(content);
            Digest actual = ingest.finish();
            if (!actual.equals(digest)) {
                throw files.broken(path, "has the digest " + actual + " instead of " + digest);
            }
            return ingest.publish(digest).size();
        }
    }

    private String path(Digest digest) {
        return named.getOrDefault(digest, "blobs/" + digest.algorithm() + "/" + digest.hex());
    }
}
