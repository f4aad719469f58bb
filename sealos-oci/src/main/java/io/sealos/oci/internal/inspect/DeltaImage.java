package io.sealos.oci.internal.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealos.images.Digest;
import io.sealos.internal.files.PlacedException;
import io.sealos.oci.internal.delta.DeltaFiles;
import io.sealos.oci.internal.delta.DeltaRecord;
import io.sealos.oci.internal.read.Compression;
import io.sealos.oci.internal.read.StoredFiles;
import io.sealos.oci.internal.read.TarEntries;
import io.sealos.oci.internal.read.TarEntry;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * A delta image for one platform.
 *
 * @param place the name of its layout or archive
 * @param names its names
 * @param full the digest of the full image
 * @param record the documents of the full image
 * @param layers its layers, the lowest first
 */
public record DeltaImage(
        String place, List<String> names, Digest full, DeltaRecord record, List<StoredFiles.Stored> layers) {
    private static final String REMEDY = "; combine a delta image (deltaFrom)";

    static DeltaImage read(String place, List<String> names, JsonNode config, List<StoredFiles.Stored> layers)
            throws IOException {
        String label =
                config.path("config").path("Labels").path(DeltaFiles.FULL).asText("");
        List<Digest> full = DeltaAnalysis.digest(label);
        if (full.isEmpty() || layers.isEmpty()) {
            throw PlacedException.at(place, " is no delta image, because it has no label " + DeltaFiles.FULL + REMEDY);
        }
        DeltaRecord record = record(place, layers.get(layers.size() - 1));
        return new DeltaImage(place, List.copyOf(names), full.get(0), record, List.copyOf(layers));
    }

    private static DeltaRecord record(String place, StoredFiles.Stored layer) throws IOException {
        try (InputStream file = layer.open();
                BufferedInputStream stored = Compression.buffered(file);
                InputStream tar = Compression.of(stored).decompress(stored)) {
            TarEntries entries = new TarEntries(tar);
            for (TarEntry entry = entries.next(); entry != null; entry = entries.next()) {
                if (entry.isFile() && entry.name().equals(DeltaFiles.RECORD)) {
                    return DeltaRecord.read(entries.content());
                }
            }
        } catch (IOException e) {
            throw PlacedException.at(place, ": " + DeltaFiles.RECORD + " " + e.getMessage() + REMEDY, e);
        }
        throw PlacedException.at(
                place, " is no delta image, because its last layer has no " + DeltaFiles.RECORD + REMEDY);
    }
}
