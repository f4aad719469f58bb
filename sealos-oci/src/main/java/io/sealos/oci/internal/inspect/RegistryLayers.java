package io.sealos.oci.internal.inspect;

import io.sealos.oci.BuildListener;
import io.sealos.oci.BuildPhase;
import io.sealos.oci.InspectedLayer;
import io.sealos.oci.internal.progress.PhaseRun;
import io.sealos.oci.internal.progress.VerifiedBlob;
import io.sealos.oci.internal.read.Compression;
import io.sealos.oci.internal.read.InterruptibleInput;
import io.sealos.oci.internal.read.StoredFiles;
import io.sealos.oci.internal.read.TarEntries;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;

/** Reads the layers of an image, each of which is an item of the phase {@link BuildPhase#VERIFY}. */
final class RegistryLayers {
    private RegistryLayers() {}

    /** Adds the files of the layers, if these are available, to the contents of the registry directory. */
    static void read(
            StoredFiles files, ImageReader.Documents documents, RegistryContents contents, BuildListener listener)
            throws IOException {
        long bytes = PhaseRun.total(documents.layers().stream().mapToLong(InspectedLayer::size));
        try (PhaseRun phase =
                PhaseRun.start(listener, BuildPhase.VERIFY, documents.layers().size(), bytes)) {
            for (int i = 0; files.haveLayers() && i < documents.layers().size(); i++) {
                long size = documents.layers().get(i).size();
                read(files, documents.layerPaths().get(i), i + 1, size, contents, listener);
            }
            phase.complete();
        }
    }

    private static void read(
            StoredFiles files, String path, int number, long size, RegistryContents contents, BuildListener listener)
            throws IOException {
        VerifiedBlob blob = new VerifiedBlob(listener, path, size);
        try (InputStream file =
                        blob.counted(new InterruptibleInput(files.file(path).open()));
                BufferedInputStream stored = Compression.buffered(file);
                InputStream tar = Compression.of(stored).decompress(stored)) {
            // A tar without compression is a file, of which the contents of blobs are skipped.
            contents.addLayer(tar == stored ? TarEntries.ofFile(stored) : new TarEntries(tar));
            blob.finished();
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            throw files.broken(path, new IOException("cannot be read as layer " + number + ": " + e.getMessage(), e));
        }
    }
}
