package io.sealos.oci.internal.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decodes a content encoding that a server or a proxy has applied without a request, buffer by buffer. Content that
 * does not begin with the header of its encoding is passed on unchanged. Checksums are not verified, because digests
 * are.
 */
public final class ContentDecoder {
    private static final int BUFFER = 1 << 16;
    private static final int GZIP_TRAILER = 8;

    private final boolean gzip;
    private final byte[] decoded = new byte[BUFFER];
    private Inflater inflater = new Inflater(true);
    private GzipHeader header = new GzipHeader();
    private State state = State.BEGIN;
    private int trailer;

    private enum State {
        BEGIN,
        PLAIN,
        HEADER,
        CONTENT,
        TRAILER
    }

    private ContentDecoder(boolean gzip) {
        this.gzip = gzip;
    }

    /** Receives decoded bytes. */
    interface Output {
        void take(ByteBuffer bytes) throws IOException;
    }

    /**
     * Returns the decoder for the value of a Content-Encoding header; empty if the content is not encoded.
     *
     * @throws UnknownEncodingException if the encoding is not supported
     */
    static Optional<ContentDecoder> of(String encoding) throws UnknownEncodingException {
        return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> Optional.empty();
            case "gzip", "x-gzip" -> Optional.of(new ContentDecoder(true));
            case "deflate" -> Optional.of(new ContentDecoder(false));
            default -> throw new UnknownEncodingException(encoding);
        };
    }

    void decode(ByteBuffer bytes, Output output) throws IOException {
        while (bytes.hasRemaining()) {
            switch (state) {
                case BEGIN -> begin(bytes.get(bytes.position()));
                case PLAIN -> output.take(bytes);
                case HEADER -> state = header.isOver(bytes.get()) ? State.CONTENT : State.HEADER;
                case CONTENT -> inflate(bytes, output);
                case TRAILER -> endOfMember(bytes);
                default -> throw new IllegalStateException("no state " + state);
            }
        }
    }

    private void begin(byte first) {
        if (gzip) {
            state = first == 0x1f ? State.HEADER : State.PLAIN;
        } else if ((first & 0x0f) == 8) {
            // The zlib header is required, but some servers omit it.
            inflater.end();
            inflater = new Inflater(false);
            state = State.CONTENT;
        } else {
            state = first == '{' ? State.PLAIN : State.CONTENT;
        }
    }

    private void inflate(ByteBuffer bytes, Output output) throws IOException {
        inflater.setInput(bytes);
        try {
            int count = inflater.inflate(decoded);
            while (count > 0) {
                output.take(ByteBuffer.wrap(decoded, 0, count));
                count = inflater.inflate(decoded);
            }
        } catch (DataFormatException e) {
            throw new IOException("the answer is not encoded as it says", e);
        }
        if (inflater.finished()) {
            state = State.TRAILER;
        } else if (inflater.needsDictionary()) {
            throw new IOException("the answer is encoded with a dictionary that nobody has");
        }
    }

    /** Reads the trailer of a member, which may be followed by another member. */
    private void endOfMember(ByteBuffer bytes) {
        bytes.get();
        trailer++;
        if (gzip && trailer == GZIP_TRAILER) {
            trailer = 0;
            inflater.reset();
            header = new GzipHeader();
            state = State.HEADER;
        }
    }

    /** Returns whether the encoded content is complete. */
    boolean isWhole() {
        return switch (state) {
            case BEGIN, PLAIN -> true;
            case HEADER -> header.isEmpty();
            case CONTENT -> false;
            case TRAILER -> !gzip;
        };
    }

    /** Frees the native memory of the decoder. */
    void close() {
        inflater.end();
    }

    /** Thrown when a response has an encoding that is not supported. */
    public static final class UnknownEncodingException extends IOException {
        private static final long serialVersionUID = 1L;

        UnknownEncodingException(String encoding) {
            super("the answer has the encoding '" + encoding + "', which was not asked for");
        }
    }
}
