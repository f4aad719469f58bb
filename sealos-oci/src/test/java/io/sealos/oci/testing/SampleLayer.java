package io.sealos.oci.testing;

import io.sealos.images.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * A layer of a sample image.
 *
 * @param content the gzip stream, which sealos copies unchanged
 * @param digest the digest of the content
 * @param diffId the digest of the tar
 */
record SampleLayer(BlobBytes content, Digest digest, Digest diffId) {
    /** Returns a small layer with one text file, which contains a name. */
    static SampleLayer text(String name) throws IOException {
        byte[] tar = tar((name + "\n").getBytes(StandardCharsets.UTF_8));
        byte[] gzip = stored(tar);
        return new SampleLayer(BlobBytes.of(gzip), RegistryContent.digestOf(gzip), RegistryContent.digestOf(tar));
    }

    /** Returns a layer with one file of random bytes, which are generated from a name. */
    static SampleLayer generated(String name, long bytes) throws IOException {
        GeneratedLayer layer = new GeneratedLayer(name, bytes);
        return new SampleLayer(layer, layer.digest(), layer.diffId());
    }

    private static byte[] tar(byte[] text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            TarArchiveEntry entry = new TarArchiveEntry("image.txt");
            entry.setSize(text.length);
            entry.setModTime(0);
            tar.putArchiveEntry(entry);
            tar.write(text);
            tar.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }

    /** Returns a gzip stream that is not compressed, because JDKs deflate to different bytes. */
    private static byte[] stored(byte[] tar) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new UncompressedGzip(bytes)) {
            gzip.write(tar);
        }
        return bytes.toByteArray();
    }

    /** Differs from {@link StoredGzip} in the size of its blocks, and with it in the digests of small images. */
    private static final class UncompressedGzip extends GZIPOutputStream {
        UncompressedGzip(ByteArrayOutputStream bytes) throws IOException {
            super(bytes);
            def.setLevel(Deflater.NO_COMPRESSION);
        }
    }
}
