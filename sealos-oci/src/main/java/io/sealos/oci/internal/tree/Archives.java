package io.sealos.oci.internal.tree;

import io.sealos.internal.overlay.OverlayFileSystem;
import io.sealos.oci.internal.read.TarEntries;
import io.sealos.oci.internal.read.Zstd;
import io.sealos.oci.internal.work.Interruptions;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.apache.commons.compress.utils.IOUtils;
import org.jspecify.annotations.Nullable;

/** Recognizes tar archives by their content, and decompresses them. */
final class Archives {
    private final Scratch scratch;
    private final Map<Content, Path> plain = new HashMap<>();

    /** Creates an instance that decompresses archives into the scratch directory. */
    Archives(Scratch scratch) {
        this.scratch = scratch;
    }

    /** Returns the archive as an uncompressed tar file, or null if the content is not an archive. */
    @Nullable
    Path plainTar(Content content) throws IOException {
        if (!isArchive(content)) {
            return null;
        }
        if (compression(content) == Compression.NONE && content instanceof DiskContent file) {
            Optional<Path> onDisk = OverlayFileSystem.onDisk(file.file());
            if (onDisk.isPresent()) {
                return onDisk.get();
            }
        }
        Path known = plain.get(content);
        return known == null ? makePlain(content) : known;
    }

    private Path makePlain(Content content) throws IOException {
        Path tar = scratch.directory().resolve("archive-" + plain.size() + ".tar");
        try (InputStream in = decompressed(content);
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(tar))) {
            // The bytes after the end of the archive do not belong to it, and need not even be compressed.
            TarEntries entries = new TarEntries(new CopyingInput(in, out));
            while (entries.next() != null) {
                // Skipping the entry copies it.
            }
        } catch (IOException e) {
            Interruptions.rethrow(e);
            throw cannotUnpack(content, e);
        }
        checkUnchanged(content);
        plain.put(content, tar);
        return tar;
    }

    static void checkUnchanged(Content content) throws IOException {
        if (content.hasChanged()) {
            throw new StepException(
                    "'" + content.place() + "' changed while it was unpacked", "build again when nothing writes to it");
        }
    }

    static StepException cannotUnpack(Content content, IOException why) {
        String message = why.getMessage();
        boolean cutOff = why instanceof EOFException || message == null;
        return new StepException(
                "'" + content.place() + "' cannot be unpacked: " + (cutOff ? "it ends too early" : message),
                cutOff ? "copy or download it again" : "pack it again, or copy it as it is with COPY");
    }

    /** Returns whether the content begins with an entry of a tar, compressed or not. */
    boolean isArchive(Content content) throws IOException {
        if (content.size() == 0) {
            return false;
        }
        try (InputStream in = decompressed(content)) {
            return new TarEntries(in).nextOrGlobal() != null;
        } catch (IOException e) {
            Interruptions.rethrow(e);
            // A file that only begins like a compressed file or a header is an ordinary file.
            return false;
        }
    }

    private static Compression compression(Content content) throws IOException {
        try (InputStream in = content.open()) {
            byte[] magic = new byte[6];
            IOUtils.readFully(in, magic);
            return Compression.of(magic);
        }
    }

    private static InputStream decompressed(Content content) throws IOException {
        Compression compression = compression(content);
        InputStream in = new BufferedInputStream(content.open(), 1 << 16);
        try {
            return compression.decompress(in);
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        } catch (LinkageError e) {
            in.close();
            throw new StepException(
                    "'" + content.place() + "' is compressed with zstd: " + Zstd.problem(e),
                    Zstd.FIX + ", compress the file with gzip, or copy it as it is with COPY");
        }
    }

    /** Copies all bytes that are read to another stream. */
    private static final class CopyingInput extends FilterInputStream {
        private final OutputStream copy;

        CopyingInput(InputStream in, OutputStream copy) {
            super(in);
            this.copy = copy;
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            if (one >= 0) {
                copy.write(one);
            }
            return one;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            if (read > 0) {
                copy.write(bytes, offset, read);
            }
            return read;
        }
    }

    private enum Compression {
        GZIP("1f8b"),
        BZIP2("425a68"),
        XZ("fd377a585a00"),
        ZSTD("28b52ffd"),
        NONE("");

        private final String magic;

        Compression(String magic) {
            this.magic = magic;
        }

        static Compression of(byte[] start) {
            String hex = HexFormat.of().formatHex(start);
            return Arrays.stream(values())
                    .filter(compression -> hex.startsWith(compression.magic))
                    .findFirst()
                    .orElse(NONE);
        }

        InputStream decompress(InputStream in) throws IOException {
            return switch (this) {
                case GZIP -> new GzipMembers(in);
                case BZIP2 -> new BZip2CompressorInputStream(in, true);
                case XZ ->
                    XZCompressorInputStream.builder()
                            .setInputStream(in)
                            .setDecompressConcatenated(true)
                            .get();
                case ZSTD -> Zstd.decompress(in);
                case NONE -> in;
            };
        }
    }
}
