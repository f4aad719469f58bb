package io.sealos.oci.internal.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealos.images.Digest;
import io.sealos.internal.text.Count;
import io.sealos.internal.text.Printable;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.read.StoredFiles;
import java.io.IOException;

/** The blobs of a layout, each compared with the descriptor that points to it. */
final class Blobs {
    private final StoredFiles files;

    Blobs(StoredFiles files) {
        this.files = files;
    }

    /** {@return whether the blob of a descriptor exists} */
    boolean has(JsonNode descriptor) throws IOException {
        return files.find(path(digest(descriptor))).isPresent();
    }

    /** {@return the document of a descriptor, whose bytes match the digest} */
    JsonNode document(JsonNode descriptor) throws IOException {
        path(descriptor);
        return document(digest(descriptor));
    }

    /** {@return the bytes of a document, which match the digest} */
    byte[] bytes(Digest digest) throws IOException {
        String path = path(digest);
        byte[] bytes = files.bytes(path);
        Digest found = Digests.as(digest.algorithm(), bytes);
        if (!found.equals(digest)) {
            throw files.broken(path, "has the digest " + found);
        }
        return bytes;
    }

    JsonNode document(Digest digest) throws IOException {
        String path = path(digest);
        JsonNode document = files.parse(path, bytes(digest));
        if (!document.isObject()) {
            throw files.broken(path, "is not a JSON object");
        }
        return document;
    }

    /** {@return the path of a blob, which exists and has the size of the descriptor} */
    String path(JsonNode descriptor) throws IOException {
        String path = path(digest(descriptor));
        long size = files.file(path).size();
        if (size != descriptor.path("size").asLong(-1)) {
            throw files.broken(
                    path,
                    "has " + Count.of(size, "byte") + ", the descriptor says "
                            + Printable.of(descriptor.path("size").asText("nothing")));
        }
        return path;
    }

    private static String path(Digest digest) {
        return "blobs/" + digest.algorithm() + "/" + digest.hex();
    }

    Digest digest(JsonNode descriptor) throws IOException {
        return digest(descriptor.path("digest").asText(""), "a descriptor");
    }

    Digest digest(String text, String where) throws IOException {
        try {
            return Digest.parse(text);
        } catch (IllegalArgumentException e) {
            throw files.broken(where, String.valueOf(e.getMessage()));
        }
    }
}
