package io.sealos.oci.internal.layer;

import io.sealos.images.Digest;
import io.sealos.internal.files.AtomicFile;
import io.sealos.internal.files.FileState;
import io.sealos.oci.internal.Digests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The layers that earlier builds have written into a layout. Each is recorded under the digest of its inputs. A record
 * is valid as long as the {@link FileState} of the blob is the same.
 */
public final class EarlierLayers {
    /** An instance without records, for targets that are always written completely. */
    public static final EarlierLayers NONE = new EarlierLayers(null, Path.of(""));

    private static final int LINES = 6;
    private static final Duration KEPT = Duration.ofDays(90);

    private final @Nullable Path records;
    private final Path blobs;

    private EarlierLayers(@Nullable Path records, Path blobs) {
        this.records = records;
        this.blobs = blobs;
    }

    /**
     * Returns the records for a layout.
     *
     * @param records a directory that only this user can write to; null to record nothing
     * @param blobs the directory with the blobs of the layout
     */
    public static EarlierLayers in(@Nullable Path records, Path blobs) {
        return records == null ? NONE : new EarlierLayers(records, blobs.toAbsolutePath());
    }

    boolean areRecorded() {
        return records != null;
    }

    /** Returns the layer with these inputs; null if there is none or its blob has changed. */
    @Nullable
    LayerBlob find(String inputs, String description) {
        try {
            Path record = record(inputs);
            if (record == null || !Files.isRegularFile(record)) {
                return null;
            }
            LayerBlob found = blob(Files.readAllLines(record), description);
            if (found != null) {
                keep(record);
            }
            return found;
        } catch (IOException | IllegalArgumentException e) {
            // A record that cannot be read counts as missing, and the layer is written.
            return null;
        }
    }

    /** Renews the time of a record that is used, so it is not deleted. */
    private static void keep(Path record) throws IOException {
        Instant now = Instant.now();
        if (Files.getLastModifiedTime(record).toInstant().isBefore(now.minus(KEPT.dividedBy(2)))) {
            Files.setLastModifiedTime(record, FileTime.from(now));
        }
    }

    private @Nullable LayerBlob blob(List<String> lines, String description) throws IOException {
        if (lines.size() != LINES) {
            return null;
        }
        Digest digest = Digest.parse(lines.get(0));
        Path file = blobs.resolve(digest.hex());
        if (!lines.get(1).equals(stateOf(file))) {
            return null;
        }
        return new LayerBlob(
                file,
                digest,
                Long.parseLong(lines.get(2)),
                Digest.parse(lines.get(3)),
                Long.parseLong(lines.get(4)),
                lines.get(5),
                description,
                null,
                List.of());
    }

    /** Returns the chunks of the last layer of a step if its blob is unchanged; null if nothing is recorded. */
    @Nullable
    EarlierChunks chunks(String description) {
        Path record = record(chunksOf(description));
        try {
            return record == null || !Files.isRegularFile(record) ? noChunks() : chunks(Files.readAllLines(record));
        } catch (IOException | IllegalArgumentException e) {
            // A record that cannot be read counts as missing, and all chunks are compressed.
            return noChunks();
        }
    }

    private @Nullable EarlierChunks noChunks() {
        return records == null ? null : EarlierChunks.NONE;
    }

    private EarlierChunks chunks(List<String> lines) throws IOException {
        Path blob = lines.isEmpty()
                ? blobs
                : blobs.resolve(Digest.parse(lines.get(0)).hex());
        return lines.size() < 2 || !lines.get(1).equals(stateOf(blob))
                ? EarlierChunks.NONE
                : new EarlierChunks(
                        blob,
                        lines.subList(2, lines.size()).stream()
                                .map(Chunk::parse)
                                .toList());
    }

    /**
     * Returns the name of the record of chunks. It contains the versions that determine boundaries and compressed
     * bytes.
     */
    private static String chunksOf(String description) {
        return String.join(" ", "chunks", LayerInputs.VERSION, System.getProperty("java.version"), description);
    }

    /** Records layers whose blobs are in the layout now. */
    public void remember(List<LayerBlob> layers) {
        try {
            for (LayerBlob layer : layers) {
                remember(layer);
            }
            forgetOld();
        } catch (IOException e) {
            // The image is complete; only the next build takes longer.
            return;
        }
    }

    private void remember(LayerBlob layer) throws IOException {
        String state = stateOf(blobs.resolve(layer.digest().hex()));
        if (state == null) {
            return;
        }
        if (layer.inputs() != null) {
            write(layer.inputs(), lines(layer, state));
        }
        if (!layer.chunks().isEmpty()) {
            List<String> lines = new ArrayList<>(List.of(layer.digest().toString(), state));
            layer.chunks().forEach(chunk -> lines.add(chunk.toString()));
            write(chunksOf(layer.description()), lines);
        }
    }

    private void write(String name, List<String> lines) throws IOException {
        Path record = record(name);
        if (records != null && record != null) {
            AtomicFile.write(record, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    private static List<String> lines(LayerBlob layer, String state) {
        return List.of(
                layer.digest().toString(),
                state,
                Long.toString(layer.size()),
                layer.diffId().toString(),
                Long.toString(layer.uncompressedSize()),
                layer.mediaType());
    }

    private void forgetOld() throws IOException {
        if (records == null) {
            return;
        }
        Instant limit = Instant.now().minus(KEPT);
        try (DirectoryStream<Path> all = Files.newDirectoryStream(records)) {
            for (Path record : all) {
                if (Files.getLastModifiedTime(record).toInstant().isBefore(limit)) {
                    Files.deleteIfExists(record);
                }
            }
        }
    }

    private @Nullable Path record(String name) {
        if (records == null) {
            return null;
        }
        return records.resolve(Digests.sha256(name + " " + blobs).hex());
    }

    private static @Nullable String stateOf(Path blob) throws IOException {
        return Files.isRegularFile(blob)
                ? FileState.of(blob).map(FileState::toString).orElse(null)
                : null;
    }
}
