package io.sealos.oci.internal.verify;

import io.sealos.oci.internal.read.Compression;
import io.sealos.oci.internal.read.InterruptibleInput;
import io.sealos.oci.internal.read.TarEntries;
import io.sealos.oci.internal.read.TarEntry;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Validates the diffID and the entries of a layer without extracting them. */
final class LayerCheck {
    private final Findings findings;
    private final String place;

    LayerCheck(Findings findings, String place) {
        this.findings = findings;
        this.place = place;
    }

    void check(Path blob, String mediaType, String diffId) {
        try (BufferedInputStream stored = Compression.buffered(new InterruptibleInput(Files.newInputStream(blob)))) {
            Compression compression = Compression.of(stored);
            if (compression != Compression.named(mediaType)) {
                findings.mismatch(place, "the media type is " + mediaType + ", but the blob is " + compression);
            }
            String found = diffId(compression.decompress(stored), diffId.startsWith("sha512:") ? "sha512" : "sha256");
            if (!found.equals(diffId)) {
                findings.mismatch(place, "the diffID is " + found + ", the configuration says " + diffId);
            }
        } catch (IOException e) {
            findings.mismatch(place, "cannot be read as a tar: " + e.getMessage());
        }
    }

    private String diffId(InputStream plain, String algorithm) throws IOException {
        MessageDigest hash = BlobCheck.messageDigest(algorithm);
        try (InputStream hashed = Compression.buffered(new DigestInputStream(plain, hash))) {
            checkEntries(new TarEntries(hashed));
            // The digest includes the bytes after the end of the archive.
            hashed.transferTo(OutputStream.nullOutputStream());
        }
        return algorithm + ":" + HexFormat.of().formatHex(hash.digest());
    }

    private void checkEntries(TarEntries entries) throws IOException {
        EntryCheck check = new EntryCheck(findings, place);
        for (TarEntry entry = entries.next(); entry != null; entry = entries.next()) {
            check.check(entry);
        }
    }
}
