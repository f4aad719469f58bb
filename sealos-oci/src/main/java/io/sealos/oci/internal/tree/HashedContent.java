package io.sealos.oci.internal.tree;

import io.sealos.images.Digest;
import io.sealos.internal.chart.ChartFile;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.read.InterruptibleInput;
import io.sealos.oci.internal.read.SparseMap;
import io.sealos.oci.internal.read.TarEntries;
import io.sealos.oci.internal.read.TarEntry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The digest of a file of a layer, whose content is not kept.
 *
 * @param place the path in the layer, or the place of the content that was read
 * @param size the size in bytes, with holes
 * @param digest the SHA-256 of the content
 * @param charts the chart if this is a {@code Chart.yaml} or a packed chart, followed by those that it contains; empty
 *     for other files
 */
record HashedContent(String place, long size, Digest digest, List<ChartFile> charts) implements Content {
    private static final Pattern BLOB =
            Pattern.compile("registry/docker/registry/v2/blobs/sha256/[0-9a-f]{2}/([0-9a-f]{64})/data");
    private static final long LARGEST_SPARSE = 1L << 36;

    HashedContent {
        charts = List.copyOf(charts);
    }

    /** Reads a file. A blob of the registry directory is skipped: its name contains its digest. */
    static HashedContent read(String path, TarEntry entry, TarEntries entries, boolean mayBeChart) throws IOException {
        Digest blob = entry.isSparse() ? null : blob(path);
        if (blob != null) {
            return new HashedContent(path, entry.size(), blob, List.of());
        }
        return hashed(path, path, entry.realSize(), content(path, entry, entries), mayBeChart);
    }

    /** {@return whether the name of a file is its digest, because it is a blob of the registry directory} */
    static boolean isBlob(String path) {
        return blob(path) != null;
    }

    private static @Nullable Digest blob(String path) {
        if (!path.startsWith("registry/")) {
            return null;
        }
        Matcher blob = BLOB.matcher(path);
        return blob.matches() ? Digest.parse("sha256:" + blob.group(1)) : null;
    }

    /**
     * Reads a file of an image that is built, unless its digest is known and it is no chart.
     *
     * @throws IOException if it cannot be read, or has changed since its layer was planned
     */
    static HashedContent read(String path, Content content, ContentDigests digests, boolean mayBeChart)
            throws IOException {
        Optional<Digest> known = digests.of(content);
        if (known.isPresent() && !(mayBeChart && PackedCharts.mayRead(path))) {
            return new HashedContent(content.place(), content.size(), known.get(), List.of());
        }
        CountedInput counted = new CountedInput(new InterruptibleInput(content.open()));
        try (InputStream in = counted) {
            HashedContent hashed = hashed(path, content.place(), content.size(), in, mayBeChart);
            if (counted.count() != content.size() || content.hasChanged()) {
                throw new IOException(content.place() + " changed while it was read for the bill of materials of /"
                        + path + "; build again when nothing writes to it");
            }
            return hashed;
        }
    }

    private static HashedContent hashed(String path, String place, long size, InputStream in, boolean mayBeChart)
            throws IOException {
        MessageDigest hash = Digests.start("sha256");
        DigestInputStream content = new DigestInputStream(in, hash);
        List<ChartFile> charts = mayBeChart ? PackedCharts.read(path, content) : List.of();
        content.transferTo(OutputStream.nullOutputStream());
        return new HashedContent(place, size, Digests.finish("sha256", hash), charts);
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

    @Override
    public InputStream open() throws IOException {
        throw new IOException("the content of " + place + " is not kept");
    }

    @Override
    public String identity() {
        return digest.toString();
    }
}
