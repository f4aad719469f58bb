package io.sealos.oci.internal.layer;

import io.sealos.images.Digest;
import io.sealos.images.FileState;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The layers that earlier builds put into one layout, each recorded under the digest of its inputs. A record counts
 * only as long as the blob is the very file that was put there, by its {@link FileState}.
 */
public final class EarlierLayers {
    /** For targets that are always written as a whole. */
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
     * What is known of a layout.
     *
     * @param records a folder that only this user can write to; null: nothing is known, and nothing recorded
     * @param blobs the folder of the layout where its blobs lie
     */
    public static EarlierLayers in(@Nullable Path records, Path blobs) {
        return records == null ? NONE : new EarlierLayers(records, blobs.toAbsolutePath());
    }

    boolean areRecorded() {
        return records != null;
    }

    /** The layer that these inputs gave before; null if there is none, or if its blob is not what it was. */
    @Nullable
    LayerBlob find(String inputs, String description) {
        try {
            Path record = record(inputs);
            return record != null && Files.isRegularFile(record)
                    ? blob(Files.readAllLines(record), inputs, description)
                    : null;
        } catch (IOException | IllegalArgumentException e) {
            // A record that cannot be read is as good as none: the layer is made.
            return null;
        }
    }

    private @Nullable LayerBlob blob(List<String> lines, String inputs, String description) throws IOException {
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
                inputs);
    }

    /** Records layers whose blobs lie in the layout now. */
    public void remember(List<LayerBlob> layers) {
        try {
            for (LayerBlob layer : layers) {
                remember(layer);
            }
            forgetOld();
        } catch (IOException e) {
            // The image is whole; all that is lost is time in the next build.
            return;
        }
    }

    private void remember(LayerBlob layer) throws IOException {
        String inputs = layer.inputs();
        String state = stateOf(blobs.resolve(layer.digest().hex()));
        Path record = inputs == null ? null : record(inputs);
        if (record == null || state == null) {
            return;
        }
        Path complete = Files.createTempFile(records, "layer-", ".part");
        Files.write(complete, lines(layer, state));
        Files.move(complete, record, StandardCopyOption.ATOMIC_MOVE);
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

    private @Nullable Path record(String inputs) throws IOException {
        if (records == null) {
            return null;
        }
        HashingOutput hash = new HashingOutput(OutputStream.nullOutputStream());
        hash.write((inputs + " " + blobs).getBytes(StandardCharsets.UTF_8));
        return records.resolve(hash.digest().hex());
    }

    private static @Nullable String stateOf(Path blob) throws IOException {
        return Files.isRegularFile(blob)
                ? FileState.of(blob).map(FileState::toString).orElse(null)
                : null;
    }
}
