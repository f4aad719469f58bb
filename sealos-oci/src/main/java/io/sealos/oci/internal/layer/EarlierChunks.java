package io.sealos.oci.internal.layer;

import io.sealos.oci.internal.Digests;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The chunks of a layer of an earlier build. Thread-safe. */
final class EarlierChunks {
    static final EarlierChunks NONE = new EarlierChunks(Path.of(""), List.of());

    private final Path blob;
    // The map is only used for lookups.
    private final Map<String, Place> places = new HashMap<>();

    private record Place(long offset, Chunk chunk) {}

    /** Creates an instance from the chunks of a blob in their order. */
    EarlierChunks(Path blob, List<Chunk> chunks) {
        this.blob = blob;
        long offset = ChunkedGzip.HEADER.length;
        for (Chunk chunk : chunks) {
            places.put(chunk.content(), new Place(offset, chunk));
            offset += chunk.size();
        }
    }

    /** Returns the compressed bytes of a content; null if they are not known or have changed. */
    byte @Nullable [] find(String content) {
        Place place = places.get(content);
        if (place == null) {
            return null;
        }
        try (SeekableByteChannel in = Files.newByteChannel(blob)) {
            byte[] found = read(in.position(place.offset()), place.chunk().size());
            String hash = Digests.sha256(found).hex();
            return hash.equals(place.chunk().stored()) ? found : null;
        } catch (IOException e) {
            return null; // The chunk is compressed again.
        }
    }

    private static byte[] read(SeekableByteChannel in, int size) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(new byte[size]);
        while (bytes.hasRemaining() && in.read(bytes) >= 0) {
            // Reads until the buffer is full. Missing bytes are detected by the hash.
        }
        return bytes.array();
    }
}
