package io.sealos.oci.jib;

import io.sealos.images.Digest;
import io.sealos.oci.internal.layer.DigestingOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The directory {@code blobs/sha256} of an OCI layout, whose files are named by their digests. */
final class BlobDirectory {
    private final Path directory;

    private BlobDirectory(Path directory) {
        this.directory = directory;
    }

    static BlobDirectory in(Path layout) throws IOException {
        return new BlobDirectory(Files.createDirectories(layout.resolve("blobs/sha256")));
    }

    Blob put(byte[] content) throws IOException {
        return put(new ByteArrayInputStream(content));
    }

    Blob put(InputStream content) throws IOException {
        Path part = Files.createTempFile(directory, "blob-", ".part");
        try (DigestingOutputStream out = new DigestingOutputStream(Files.newOutputStream(part))) {
            content.transferTo(out);
            Blob blob = new Blob(out.digest(), out.count());
            Files.move(part, directory.resolve(blob.digest().hex()), StandardCopyOption.REPLACE_EXISTING);
            return blob;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** A blob in the directory. */
    record Blob(Digest digest, long size) {}
}
