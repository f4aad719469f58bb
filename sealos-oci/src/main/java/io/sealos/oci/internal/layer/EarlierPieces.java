package io.sealos.oci.internal.layer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The pieces of a layer that an earlier build has made. Thread-safe. */
final class EarlierPieces {
    static final EarlierPieces NONE = new EarlierPieces(Path.of(""), List.of());

    private final Path blob;
    // Only looked up by key.
    private final Map<String, Place> places = new HashMap<>();

    private record Place(long offset, Piece piece) {}

    /** All pieces of a blob, in their order. */
    EarlierPieces(Path blob, List<Piece> pieces) {
        this.blob = blob;
        long offset = PieceGzip.HEADER.length;
        for (Piece piece : pieces) {
            places.put(piece.content(), new Place(offset, piece));
            offset += piece.size();
        }
    }

    /** What the content was stored as; null where that is not known, or is not what it was. */
    byte @Nullable [] find(String content) {
        Place place = places.get(content);
        if (place == null) {
            return null;
        }
        try (SeekableByteChannel in = Files.newByteChannel(blob)) {
            byte[] found = read(in.position(place.offset()), place.piece().size());
            String hash = HashingOutput.digestOf(found, found.length).hex();
            return hash.equals(place.piece().stored()) ? found : null;
        } catch (IOException e) {
            return null; // It is compressed again.
        }
    }

    private static byte[] read(SeekableByteChannel in, int size) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(new byte[size]);
        while (bytes.hasRemaining() && in.read(bytes) >= 0) {
            // It goes on where it stopped; what is missing shows in the hash.
        }
        return bytes.array();
    }
}
