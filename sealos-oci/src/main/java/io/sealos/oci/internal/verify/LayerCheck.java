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
import java.util.function.Predicate;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorInputStream;

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
            Packing packing = Packing.of(blob);
            if (packing != Packing.named(mediaType)) {
                findings.mismatch(place, "the media type is " + mediaType + ", but the blob is " + packing.words);
            }
            String found = read(blob, packing);
            if (!found.equals(diffId)) {
                findings.mismatch(place, "the diffID is " + found + ", the configuration says " + diffId);
            }
        } catch (IOException e) {
            findings.mismatch(place, "cannot be read as a tar: " + e.getMessage());
        }
    }

    private String read(Path blob, Packing packing) throws IOException {
        MessageDigest hash = BlobCheck.messageDigest("sha256");
        try (InputStream file = new BufferedInputStream(Files.newInputStream(blob), 1 << 16);
                InputStream plain = packing.unpack(file);
                InputStream hashed = new BufferedInputStream(new DigestInputStream(plain, hash), 1 << 16)) {
            entries(hashed);
            hashed.transferTo(OutputStream.nullOutputStream());
        }
        return "sha256:" + HexFormat.of().formatHex(hash.digest());
    }

    /** How a layer is compressed. */
    private enum Packing {
        GZIP("gzip", "1f8b", "compressed with gzip") {
            @Override
            InputStream unpack(InputStream in) throws IOException {
                return GzipCompressorInputStream.builder()
                        .setInputStream(in)
                        .setDecompressConcatenated(true)
                        .get();
            }
        },
        ZSTD("zstd", "28b52ffd", "compressed with zstd") {
            @Override
            InputStream unpack(InputStream in) throws IOException {
                return new ZstdCompressorInputStream(in);
            }
        },
        NONE("", "", "not compressed") {
            @Override
            InputStream unpack(InputStream in) {
                return in;
            }
        };

        private final String name;
        private final String magic;
        private final String words;

        Packing(String name, String magic, String words) {
            this.name = name;
            this.magic = magic;
            this.words = words;
        }

        static Packing of(Path blob) throws IOException {
            try (InputStream in = Files.newInputStream(blob)) {
                String start = HexFormat.of().formatHex(in.readNBytes(4));
                return first(packing -> start.startsWith(packing.magic));
            }
        }

        static Packing named(String mediaType) {
            return first(packing -> mediaType.endsWith(packing.name));
        }

        private static Packing first(Predicate<Packing> fits) {
            return Arrays.stream(values()).filter(fits).findFirst().orElse(NONE);
        }

        abstract InputStream unpack(InputStream in) throws IOException;
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
