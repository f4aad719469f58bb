package io.sealos.oci.internal.tree;

import io.sealos.images.Digest;
import io.sealos.internal.chart.ChartFile;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.read.Compression;
import io.sealos.oci.internal.read.SparseMap;
import io.sealos.oci.internal.read.TarEntries;
import io.sealos.oci.internal.read.TarEntry;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The digest of a file of a layer, whose content is not kept.
 *
 * @param place the path in the layer
 * @param size the size in bytes, with holes
 * @param digest the SHA-256 of the content
 * @param chart the chart if this is a {@code Chart.yaml} or a packed chart below {@code charts/}
 */
record HashedContent(
        String place, long size, Digest digest, @Nullable ChartFile chart) implements Content {
    private static final Pattern BLOB =
            Pattern.compile("registry/docker/registry/v2/blobs/sha256/[0-9a-f]{2}/([0-9a-f]{64})/data");
    private static final String CHARTS = "charts/";
    private static final long LARGEST_SPARSE = 1L << 36;
    private static final long MOST_UNPACKED = 1L << 28;

    /** Reads a file. A blob of the registry directory is skipped: its name contains its digest. */
    static HashedContent read(String path, TarEntry entry, TarEntries entries) throws IOException {
        Matcher blob = BLOB.matcher(path);
        if (blob.matches() && !entry.isSparse()) {
            return new HashedContent(path, entry.size(), Digest.parse("sha256:" + blob.group(1)), null);
        }
        return read(path, entry.realSize(), content(path, entry, entries));
    }

    private static HashedContent read(String path, long size, InputStream file) throws IOException {
        MessageDigest hash = Digests.start("sha256");
        DigestInputStream content = new DigestInputStream(file, hash);
        ChartFile chart = path.startsWith(CHARTS) ? chart(path, content) : null;
        content.transferTo(OutputStream.nullOutputStream());
        return new HashedContent(path, size, Digests.finish("sha256", hash), chart);
    }

    /** Reads a content, unless its digest is known. */
    static HashedContent of(String path, Content content) throws IOException {
        if (content instanceof HashedContent hashed) {
            return hashed;
        }
        try (InputStream file = content.open()) {
            return read(path, content.size(), file);
        }
    }

    private static InputStream content(String path, TarEntry entry, TarEntries entries) {
        SparseMap map = entry.map();
        if (!entry.isSparse()) {
            return entries.content();
        } else if (map == null || map.size() > LARGEST_SPARSE || map.stored() != entry.size()) {
            throw new StepException(
                    "'" + path + "' is a sparse file that cannot be read",
                    "pack it without --sparse, or with --format=posix and at most " + LARGEST_SPARSE + " bytes");
        }
        return map.expand(entries.content());
    }

    private static @Nullable ChartFile chart(String path, InputStream content) throws IOException {
        if (path.endsWith("/" + ChartFile.NAME)) {
            return ChartFile.parse(content.readNBytes(ChartFile.LARGEST));
        }
        return path.endsWith(".tgz") || path.endsWith(".tar.gz") ? packed(content) : null;
    }

    /** Returns the chart in a packed one; null for another file or a broken one, which only has a digest. */
    private static @Nullable ChartFile packed(InputStream content) throws IOException {
        try (BufferedInputStream stored = Compression.buffered(new StaysOpen(content));
                InputStream tar = Compression.buffered(Compression.of(stored).decompress(stored))) {
            TarEntries entries = new TarEntries(tar);
            TarEntry entry = entries.next();
            while (entry != null && !isChart(entry)) {
                boolean isTooFar = entries.position() + entry.size() > MOST_UNPACKED;
                entry = isTooFar ? null : entries.next();
            }
            return entry == null ? null : ChartFile.parse(entries.content().readNBytes(ChartFile.LARGEST));
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            return null;
        }
    }

    private static boolean isChart(TarEntry entry) {
        String name = entry.name().startsWith("./") ? entry.name().substring(2) : entry.name();
        return name.endsWith("/" + ChartFile.NAME) && name.indexOf('/') == name.lastIndexOf('/');
    }

    private static final class StaysOpen extends FilterInputStream {
        StaysOpen(InputStream in) {
            super(in);
        }

        @Override
        public void close() {
            // The rest is read after the chart.
        }
    }

    @Override
    public InputStream open() throws IOException {
        throw new IOException("the content of " + place + " is not kept");
    }

    @Override
    public String identity() {
        return digest.toString();
    }
}
