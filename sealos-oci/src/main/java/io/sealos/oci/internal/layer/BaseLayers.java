package io.sealos.oci.internal.layer;

import io.sealos.images.Digest;
import io.sealos.oci.internal.read.Compression;
import io.sealos.oci.internal.tree.ScannedBase;
import io.sealos.oci.internal.tree.ScannedLayer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the layers of base images as blobs, unchanged or, for targets that support no compression, uncompressed. */
public final class BaseLayers {
    private final Path blobs;
    private final boolean onlyPlain;

    public BaseLayers(Path blobs, LayerOptions options) {
        this.blobs = blobs;
        this.onlyPlain = options.onlyPlain();
    }

    /** Writes the layers of a base image, and returns them, the lowest first; empty if there is no base image. */
    public List<LayerBlob> write(@Nullable ScannedBase base) throws IOException {
        List<LayerBlob> written = new ArrayList<>();
        for (ScannedLayer layer : base == null ? List.<ScannedLayer>of() : base.layers()) {
            written.add(write(layer, onlyPlain && layer.compression() != Compression.NONE));
        }
        return written;
    }

    private LayerBlob write(ScannedLayer scanned, boolean unpacked) throws IOException {
        Digest diffId = scanned.layer().diffId();
        Storage storage = unpacked ? Storage.PLAIN : Storage.of(scanned.compression());
        Path part = blobs.resolve("base.part");
        try (InputStream content = unpacked ? plain(scanned) : scanned.layer().open();
                DigestingOutputStream stored = new DigestingOutputStream(Files.newOutputStream(part))) {
            content.transferTo(stored);
            Digest digest = stored.digest();
            compare(digest, unpacked ? diffId : scanned.layer().digest());
            Path file = blobs.resolve(digest.hex());
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            return new LayerBlob(
                    file,
                    digest,
                    stored.count(),
                    diffId,
                    scanned.uncompressedSize(),
                    storage.mediaType(),
                    scanned.description(),
                    null,
                    List.of());
        }
    }

    @SuppressWarnings("resource") // closed with the stream around it
    private static InputStream plain(ScannedLayer scanned) throws IOException {
        BufferedInputStream stored = Compression.buffered(scanned.layer().open());
        return scanned.compression().decompress(stored);
    }

    /** Compares the digest of a blob with the expected one if that is a SHA-256 digest. */
    private static void compare(Digest found, Digest expected) throws IOException {
        if (found.algorithm().equals(expected.algorithm()) && !found.equals(expected)) {
            throw new IOException("a layer of the base image is " + found + " instead of " + expected
                    + "; fetch or write the base image again");
        }
    }
}
