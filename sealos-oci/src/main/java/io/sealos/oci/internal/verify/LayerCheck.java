package io.sealos.oci.internal.verify;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** Unpacks a layer in thought: its diffID, and whether each entry is one that may be unpacked. */
final class LayerCheck {
    private final Findings findings;
    private final String place;
    private final Set<String> names = new HashSet<>();

    LayerCheck(Findings findings, String place) {
        this.findings = findings;
        this.place = place;
    }

    void check(Path blob, String mediaType, String diffId) {
        try {
            boolean gzip = isGzip(blob);
            if (gzip != mediaType.contains("gzip")) {
                findings.mismatch(
                        place,
                        "the media type is " + mediaType + ", but the blob is "
                                + (gzip ? "compressed with gzip" : "not compressed with gzip"));
            }
            String found = read(blob, gzip);
            if (!found.equals(diffId)) {
                findings.mismatch(place, "the diffID is " + found + ", the configuration says " + diffId);
            }
        } catch (IOException e) {
            findings.mismatch(place, "cannot be read as a tar: " + e.getMessage());
        }
    }

    private static boolean isGzip(Path blob) throws IOException {
        try (InputStream in = Files.newInputStream(blob)) {
            return Arrays.equals(in.readNBytes(2), new byte[] {0x1f, (byte) 0x8b});
        }
    }

    private String read(Path blob, boolean gzip) throws IOException {
        MessageDigest hash = BlobCheck.messageDigest("sha256");
        try (InputStream file = new BufferedInputStream(Files.newInputStream(blob), 1 << 16);
                InputStream plain = gzip
                        ? GzipCompressorInputStream.builder()
                                .setInputStream(file)
                                .setDecompressConcatenated(true)
                                .get()
                        : file;
                InputStream hashed = new BufferedInputStream(new DigestInputStream(plain, hash), 1 << 16)) {
            entries(hashed);
            hashed.transferTo(OutputStream.nullOutputStream());
        }
        return "sha256:" + HexFormat.of().formatHex(hash.digest());
    }

    private void entries(InputStream in) throws IOException {
        @SuppressWarnings("resource") // what follows the end of the archive is hashed too
        TarArchiveInputStream tar = new TarArchiveInputStream(in, "UTF-8");
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            String name = entry.getName();
            checkName(name, "entry");
            if (!names.add(name.endsWith("/") ? name.substring(0, name.length() - 1) : name)) {
                findings.mismatch(place, "entry '" + name + "' is there twice");
            }
            if (entry.isLink()) {
                checkName(entry.getLinkName(), "hard link '" + name + "' to");
            }
            if (entry.isFile() && tar.transferTo(OutputStream.nullOutputStream()) != entry.getSize()) {
                findings.mismatch(place, "entry '" + name + "' ends early");
            }
        }
    }

    private void checkName(String name, String what) {
        if (name.isEmpty() || name.startsWith("/")) {
            findings.mismatch(place, what + " '" + name + "' is not relative");
        }
        if (Arrays.asList(name.split("/", -1)).contains("..")) {
            findings.mismatch(place, what + " '" + name + "' leads out of the image");
        }
    }
}
