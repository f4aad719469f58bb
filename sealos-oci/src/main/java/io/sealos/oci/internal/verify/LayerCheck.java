package io.sealos.oci.internal.verify;

import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.progress.VerifiedBlob;
import io.sealos.oci.internal.read.Compression;
import io.sealos.oci.internal.read.InterruptibleInput;
import io.sealos.oci.internal.read.StoredFiles.Stored;
import io.sealos.oci.internal.read.TarEntries;
import io.sealos.oci.internal.read.TarEntry;
import io.sealos.oci.internal.work.Interruptions;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Validates the digest, the diffID and the entries of a layer in one pass, without extracting them. */
final class LayerCheck {
    private static final String UNREADABLE = "cannot be read as a tar: ";

    private final Findings findings;
    private final String name;
    private final List<LayerUse> uses;
    private final Findings inside = new Findings();
    private final Map<String, String> diffIds = new TreeMap<>();
    private Compression compression = Compression.NONE;

    /**
     * Creates a check.
     *
     * @param name the digest that the blob has to have, or a path of which no digest is known
     * @param uses the uses of the blob, of which the first one is the place of findings about its content
     */
    LayerCheck(Findings findings, String name, List<LayerUse> uses) {
        this.findings = findings;
        this.name = name;
        this.uses = uses;
    }

    void check(Stored blob, VerifiedBlob report) throws InterruptedIOException {
        String algorithm = name.startsWith("sha512:") ? "sha512" : "sha256";
        MessageDigest hash = Digests.start(algorithm);
        try (InputStream counted = report.counted(new InterruptibleInput(blob.open()));
                BufferedInputStream stored = Compression.buffered(new DigestInputStream(counted, hash))) {
            if (uses.stream().anyMatch(LayerUse::isUnpacked)) {
                unpack(stored);
            } else {
                stored.transferTo(OutputStream.nullOutputStream());
            }
            report(Digests.finish(algorithm, hash).toString());
        } catch (IOException e) {
            Interruptions.check("a layout was verified");
            findings.mismatch(place(), blobName() + " cannot be read: " + e.getMessage());
        }
    }

    private String place() {
        return uses.get(0).place();
    }

    private boolean hasDigest() {
        return name.startsWith("sha256:") || name.startsWith("sha512:");
    }

    private String blobName() {
        return hasDigest() ? "blob " + name : name;
    }

    private void report(String digest) {
        if (hasDigest() && !digest.equals(name)) {
            // What is inside of other bytes says nothing about the layer.
            findings.mismatch(place(), blobName() + " has the digest " + digest);
            return;
        }
        uses.forEach(this::compareType);
        findings.add(inside);
        uses.stream().filter(LayerUse::isUnpacked).forEach(this::compareDiffId);
        uses.stream().filter(LayerUse::isLayer).forEach(use -> findings.countLayer());
    }

    private void compareType(LayerUse use) {
        if (!use.mediaType().isEmpty() && compression != Compression.named(use.mediaType())) {
            findings.mismatch(use.place(), "the media type is " + use.mediaType() + ", but the blob is " + compression);
        }
    }

    private void compareDiffId(LayerUse use) {
        String found = diffIds.getOrDefault(use.algorithm(), use.diffId());
        if (!found.equals(use.diffId())) {
            findings.mismatch(use.place(), "the diffID is " + found + ", the configuration says " + use.diffId());
        }
    }

    /** Reads the tar of a layer and, before its decompression is closed, the rest of the blob. */
    private void unpack(BufferedInputStream stored) throws IOException {
        compression = Compression.of(stored);
        Optional<InputStream> tar = decompressed(stored);
        if (tar.isEmpty()) {
            stored.transferTo(OutputStream.nullOutputStream());
            return;
        }
        try (InputStream plain = tar.get()) {
            readTar(plain);
            stored.transferTo(OutputStream.nullOutputStream());
        }
    }

    private Optional<InputStream> decompressed(BufferedInputStream stored) {
        try {
            return Optional.of(compression.decompress(stored));
        } catch (IOException e) {
            inside.mismatch(place(), UNREADABLE + e.getMessage());
            return Optional.empty();
        }
    }

    private void readTar(InputStream plain) {
        Map<String, MessageDigest> hashes = new TreeMap<>();
        uses.stream()
                .filter(LayerUse::isUnpacked)
                .map(LayerUse::algorithm)
                .forEach(it -> hashes.computeIfAbsent(it, Digests::start));
        try {
            read(plain, hashes.values());
            hashes.forEach((algorithm, hash) ->
                    diffIds.put(algorithm, Digests.finish(algorithm, hash).toString()));
        } catch (IOException e) {
            inside.mismatch(place(), UNREADABLE + e.getMessage());
        }
    }

    private void read(InputStream plain, Collection<MessageDigest> hashes) throws IOException {
        InputStream hashed = plain;
        for (MessageDigest hash : hashes) {
            hashed = new DigestInputStream(hashed, hash);
        }
        BufferedInputStream tar = Compression.buffered(hashed);
        TarEntries entries = new TarEntries(tar);
        EntryCheck check = new EntryCheck(inside, place());
        for (TarEntry entry = entries.next(); entry != null; entry = entries.next()) {
            check.check(entry);
        }
        // The digest includes the bytes after the end of the archive.
        tar.transferTo(OutputStream.nullOutputStream());
    }
}
