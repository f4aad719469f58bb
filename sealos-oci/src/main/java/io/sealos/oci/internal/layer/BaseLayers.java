package io.sealos.oci.internal.layer;

import io.sealos.images.Digest;
import io.sealos.oci.BuildListener;
import io.sealos.oci.internal.progress.CountedInputStream;
import io.sealos.oci.internal.read.Compression;
import io.sealos.oci.internal.read.InterruptibleInput;
import io.sealos.oci.internal.tree.ScannedLayer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the layers of base images and of images that are copied as blobs, unchanged or, for targets that support no
 * compression, uncompressed. A layer that several images have is written once.
 */
public final class BaseLayers {
    private final Path blobs;
    private final boolean onlyPlain;
    private final BuildListener listener;
    private final String image;
    private final Map<Digest, LayerBlob> known = new HashMap<>();

    /**
     * Creates a writer.
     *
     * @param image the kind of the images for messages, such as "base image"
     */
    public BaseLayers(Path blobs, LayerOptions options, BuildListener listener, String image) {
        this.blobs = blobs;
        this.onlyPlain = options.onlyPlain();
        this.listener = listener;
        this.image = image;
    }

    /** Writes layers, and returns them in their order. */
    public List<LayerBlob> write(List<ScannedLayer> layers) throws IOException {
        List<LayerBlob> written = new ArrayList<>();
        for (ScannedLayer layer : layers) {
            LayerBlob blob = known.get(layer.layer().digest());
            if (blob == null) {
                blob = write(layer, onlyPlain && layer.compression() != Compression.NONE);
                known.put(layer.layer().digest(), blob);
            }
            written.add(blob.describedAs(layer.description()));
        }
        return written;
    }

    private LayerBlob write(ScannedLayer scanned, boolean unpacked) throws IOException {
        LayerReport report =
                new LayerReport(listener, scanned.description(), scanned.layer().size());
        Digest diffId = scanned.layer().diffId();
        Storage storage = unpacked ? Storage.PLAIN : Storage.of(scanned.compression());
        Path part = blobs.resolve("base.part");
        try (DigestingOutputStream stored = new DigestingOutputStream(Files.newOutputStream(part));
                InputStream content = content(scanned, unpacked, report)) {
            report.started(stored::count);
            content.transferTo(stored);
            Digest digest = stored.digest();
            compare(digest, unpacked ? diffId : scanned.layer().digest());
            Path file = blobs.resolve(digest.hex());
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            return report.finished(new LayerBlob(
                    file,
                    digest,
                    stored.count(),
                    diffId,
                    scanned.uncompressedSize(),
                    storage.mediaType(),
                    scanned.description(),
                    null,
                    List.of()));
        }
    }

    @SuppressWarnings("resource") // closed with the stream around it
    private static InputStream content(ScannedLayer scanned, boolean unpacked, LayerReport report) throws IOException {
        InputStream stored =
                new CountedInputStream(new InterruptibleInput(scanned.layer().open()), report::read);
        return unpacked ? scanned.compression().decompress(Compression.buffered(stored)) : stored;
    }

    /** Compares the digest of a blob with the expected one if that is a SHA-256 digest. */
    private void compare(Digest found, Digest expected) throws IOException {
        if (found.algorithm().equals(expected.algorithm()) && !found.equals(expected)) {
            throw new IOException("a layer of the " + image + " is " + found + " instead of " + expected
                    + "; fetch or write the " + image + " again");
        }
    }
}
