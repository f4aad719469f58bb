package io.sealos.oci.internal.layer;

import io.sealos.images.Digest;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.delta.TarInsert;
import io.sealos.oci.internal.work.WorkPool;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;

/** Creates the layer of a full image again, from that of a delta image and the entries that were left out of it. */
public final class JoinedTar {
    private static final int BUFFER = 1 << 18;

    private final InputStream kept;
    private final Blobs blobs;
    private final byte[] buffer = new byte[BUFFER];
    private long position;

    private JoinedTar(InputStream kept, Blobs blobs) {
        this.kept = kept;
        this.blobs = blobs;
    }

    /** Opens the blobs that were left out. */
    @FunctionalInterface
    public interface Blobs {
        InputStream open(Digest digest) throws IOException;
    }

    /**
     * Writes a layer.
     *
     * @param directory the directory of the blobs, which are named by the hex digits of their digests
     * @param kept the tar of the delta image
     * @param inserts the entries that were left out
     * @param mediaType the media type of the layer, by which it is compressed
     * @return the layer
     */
    public static LayerBlob write(
            Path directory, InputStream kept, List<TarInsert> inserts, Blobs blobs, String mediaType, WorkPool pool)
            throws IOException {
        Path part = directory.resolve("joined.part");
        OutputStream file = Files.newOutputStream(part, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        try (PackedTar packed = PackedTar.of(file, Storage.ofMediaType(mediaType), pool, null)) {
            try (OutputStream out = packed.out()) {
                new JoinedTar(kept, blobs).write(inserts, out);
            }
            LayerBlob layer = packed.layer(part, "");
            Path named = directory.resolve(layer.digest().hex());
            Files.move(part, named, StandardCopyOption.REPLACE_EXISTING);
            return layer.movedTo(named);
        }
    }

    /** Copies a layer from which nothing was left out. The size and the digest of its tar are not computed. */
    public static LayerBlob copy(Path directory, InputStream stored, String mediaType) throws IOException {
        Path part = directory.resolve("joined.part");
        try (DigestingOutputStream out = new DigestingOutputStream(Files.newOutputStream(part))) {
            stored.transferTo(out);
            long size = out.count();
            Digest digest = out.digest();
            Path named = directory.resolve(digest.hex());
            Files.move(part, named, StandardCopyOption.REPLACE_EXISTING);
            return new LayerBlob(named, digest, size, digest, size, mediaType, "", null, List.of());
        }
    }

    private void write(List<TarInsert> inserts, OutputStream out) throws IOException {
        for (TarInsert insert : inserts) {
            if (insert.at() < position) {
                throw new IOException("the entries of the full image are not in their order");
            }
            copy(kept, insert.at() - position, out);
            position = insert.at();
            insert(insert, out);
        }
        kept.transferTo(out);
    }

    private void insert(TarInsert insert, OutputStream out) throws IOException {
        try {
            out.write(Base64.getDecoder().decode(insert.header()));
        } catch (IllegalArgumentException e) {
            throw new IOException("the header of an entry of the full image cannot be read: " + e.getMessage(), e);
        }
        Digest blob = insert.blob();
        if (blob != null) {
            copy(blob, insert.size(), out);
            out.write(new byte[(int) (-insert.size() & (TarHeaders.BLOCK - 1))]);
        }
    }

    private void copy(Digest blob, long size, OutputStream out) throws IOException {
        MessageDigest hash = Digests.start(blob.algorithm());
        try (InputStream content = blobs.open(blob)) {
            copy(new DigestInputStream(content, hash), size, out);
            Digest found = Digests.finish(blob.algorithm(), hash);
            if (content.read() >= 0 || !found.equals(blob)) {
                throw new IOException("the base has the blob " + blob + " with other bytes; read it again");
            }
        } catch (EOFException e) {
            throw new IOException("the base has the blob " + blob + " with other bytes; read it again", e);
        }
    }

    private void copy(InputStream in, long size, OutputStream out) throws IOException {
        long left = size;
        while (left > 0) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new EOFException("a layer of the delta image ends early");
            }
            out.write(buffer, 0, read);
            left -= read;
        }
    }
}
