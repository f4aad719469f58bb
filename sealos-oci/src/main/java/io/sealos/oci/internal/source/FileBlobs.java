package io.sealos.oci.internal.source;

import io.sealos.images.Digest;
import io.sealos.oci.BuildEvent;
import io.sealos.oci.BuildListener;
import io.sealos.oci.internal.read.StoredFiles;
import io.sealos.oci.internal.store.BlobWriter;
import io.sealos.oci.internal.store.ContentStore;
import io.sealos.oci.internal.store.ImageProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/** Copies blobs of an archive or layout into the store. Only requested blobs are copied, and each is verified. */
final class FileBlobs {
    private final StoredFiles files;
    private final ContentStore store;
    private final SaveRequest request;
    private final BuildListener listener;
    private final Map<Digest, String> named = new HashMap<>();

    FileBlobs(StoredFiles files, ContentStore store, SaveRequest request, BuildListener listener) {
        this.files = files;
        this.store = store;
        this.request = request;
        this.listener = listener;
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
            take(digest);
        }
        return store.document(digest)
                .orElseThrow(() -> new ImageProblemException(
                        digest + " is gone from the content store while it was read",
                        "let nothing else write there, and build again"));
    }

    void fetch(Digest digest, long size) throws IOException {
        if (store.has(digest, size)) {
            listener.onEvent(new BuildEvent.BlobReused(request.reference(), digest, size));
            return;
        }
        listener.onEvent(new BuildEvent.BlobStarted(request.reference(), digest, size, ""));
        long taken = take(digest);
        if (taken != size) {
            throw files.broken(path(digest), "has " + taken + " bytes, the manifest says " + size);
        }
        listener.onEvent(new BuildEvent.BlobFinished(request.reference(), digest, size, ""));
    }

    private long take(Digest digest) throws IOException {
        String path = path(digest);
        StoredFiles.Stored stored = files.find(path)
                .orElseThrow(() -> new ImageProblemException(
                        files + " names " + digest + " but does not have it",
                        "save the image there again, with all platforms that are wanted"));
        try (InputStream content = stored.open();
                BlobWriter ingest = store.ingest(digest.algorithm())) {
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
