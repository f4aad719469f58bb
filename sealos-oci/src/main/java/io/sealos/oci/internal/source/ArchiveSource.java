package io.sealos.oci.internal.source;

import io.sealos.oci.internal.read.Compression;
import io.sealos.oci.internal.read.InterruptibleInput;
import io.sealos.oci.internal.read.PartsFile;
import io.sealos.oci.internal.read.StoredFiles;
import io.sealos.oci.internal.store.ImageProblemException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipException;

/** An archive, or its parts file. A compressed archive is decompressed first, so single files can be read from it. */
public record ArchiveSource(Path file, Format format) implements LocalSource {
    @Override
    public StoredFiles open(Path scratch) throws IOException {
        if (PartsFile.isPartsFile(file)) {
            return StoredFiles.archive(file);
        }
        StoredFiles.requireFile(file);
        try (BufferedInputStream stored = Compression.buffered(new InterruptibleInput(Files.newInputStream(file)))) {
            Compression compression = Compression.of(stored);
            return StoredFiles.archive(compression == Compression.NONE ? file : plain(stored, compression, scratch));
        } catch (EOFException | ZipException e) {
            throw new ImageProblemException(
                    file.getFileName() + " is truncated or not an archive", "write the archive again", e);
        }
    }

    private Path plain(BufferedInputStream stored, Compression compression, Path scratch) throws IOException {
        Path plain = scratch.resolve(String.valueOf(file.getFileName()));
        try (InputStream content = compression.decompress(stored)) {
            Files.copy(content, plain);
        }
        return plain;
    }
}
