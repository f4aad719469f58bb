package io.sealos.oci.internal.layer;

import io.sealos.images.Digest;
import io.sealos.oci.BuildListener;
import io.sealos.oci.internal.progress.CountedInputStream;
import io.sealos.oci.internal.read.Compression;
import io.sealos.oci.internal.read.InterruptibleInput;
import io.sealos.oci.internal.tree.ScannedLayer;
import io.sealos.oci.internal.work.Interruptions;
import io.sealos.oci.internal.work.WorkPool;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Writes the layers of base images and of images that are copied as blobs, unchanged or, for targets that support no
 * compression, uncompressed. A layer that several images have is written once.
 */
public final class BaseLayers {
    private static final int BUFFER = 1 << 17;

    private final Path blobs;
    private final boolean onlyPlain;
    private final BuildListener listener;
    private final String image;
    private final Optional<Executor> executor;
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
        this.executor = Optional.ofNullable(options.executor());
    }

    /** Writes layers at the same time, and returns them in their order. */
    public List<LayerBlob> write(List<ScannedLayer> layers) throws IOException {
        Map<Digest, ScannedLayer> added = new LinkedHashMap<>();
        layers.forEach(layer -> added.putIfAbsent(layer.layer().digest(), layer));
        added.keySet().removeAll(known.keySet());
        writeAll(List.copyOf(added.values()))
                .forEach(layer -> known.put(layer.scanned().layer().digest(), layer.blob()));
        List<LayerBlob> written = new ArrayList<>();
        for (ScannedLayer layer : layers) {
            LayerBlob blob = Objects.requireNonNull(known.get(layer.layer().digest()));
            written.add(blob.describedAs(layer.description()));
        }
        return written;
    }

    private record Written(ScannedLayer scanned, LayerBlob blob) {}

    private List<Written> writeAll(List<ScannedLayer> layers) throws IOException {
        try (WorkPool pool = WorkPool.of(Runtime.getRuntime().availableProcessors(), executor)) {
            return pool.all(
                    layers,
                    layer -> new Written(layer, write(layer, onlyPlain && layer.compression() != Compression.NONE)));
        } catch (InterruptedException e) {
            throw Interruptions.during("layers were written", e);
        }
    }

    private LayerBlob write(ScannedLayer scanned, boolean unpacked) throws IOException {
        LayerReport report =
                new LayerReport(listener, scanned.description(), scanned.layer().size());
        Digest diffId = scanned.layer().diffId();
        Storage storage = unpacked ? Storage.PLAIN : Storage.of(scanned.compression());
        Path part = blobs.resolve(scanned.layer().digest().hex() + ".part");
        try (DigestingOutputStream stored = new DigestingOutputStream(Files.newOutputStream(part));
                InputStream content = content(scanned, unpacked, report)) {
            report.started(stored::count);
            copy(content, stored);
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

    private static void copy(InputStream from, OutputStream to) throws IOException {
        byte[] bytes = new byte[BUFFER];
        for (int read = from.read(bytes); read >= 0; read = from.read(bytes)) {
            to.write(bytes, 0, read);
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
