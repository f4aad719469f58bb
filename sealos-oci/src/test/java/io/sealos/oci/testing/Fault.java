package io.sealos.oci.testing;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A fault of the {@link InProcessRegistry}, which affects a number of requests. Each request counts, also those by
 * which a client repeats or resumes an earlier one. By default, this library repeats a request four times
 * ({@link io.sealos.oci.RegistryAccess.Builder#retries}), and more often if each of the interrupted transfers of a blob
 * has made progress.
 *
 * @see InProcessRegistry#fault(String, Fault)
 * @since 0.1.0
 */
public final class Fault {
    /** The kinds of faults. */
    enum Kind {
        STATUS,
        TRUNCATE,
        WRONG_BYTES,
        WRONG_UNDER_HEADER,
        EXTRA_BYTES,
        DELAY,
        STALL,
        HUGE,
        CHUNKED,
        ENCODED,
        TRICKLE,
        ALTERED
    }

    final Kind kind;
    final int status;
    final Map<String, List<String>> headers;
    final Duration delay;
    /** The body of a response, or the name of an encoding. */
    final String text;

    private final AtomicInteger left;

    private Fault(Kind kind, int times, int status, Map<String, List<String>> headers, Duration delay) {
        this(kind, times, status, headers, delay, "{\"errors\":[{\"code\":\"FAULT\"}]}");
    }

    private Fault(Kind kind, int times, int status, Map<String, List<String>> headers, Duration delay, String text) {
        this.kind = kind;
        this.text = text;
        this.left = new AtomicInteger(times);
        this.status = status;
        this.headers = headers;
        this.delay = delay;
    }

    /**
     * {@return a fault that responds with a status}
     *
     * @param status the HTTP status
     * @param times the number of requests that are affected
     */
    public static Fault status(int status, int times) {
        return new Fault(Kind.STATUS, times, status, Map.of(), Duration.ZERO);
    }

    /**
     * {@return a fault that responds with a status and a header}
     *
     * @param status the HTTP status
     * @param times the number of requests that are affected
     * @param header the name of the header, such as {@code Retry-After}
     * @param values the values of the header, which is repeated for each of them
     */
    public static Fault status(int status, int times, String header, String... values) {
        return new Fault(Kind.STATUS, times, status, Map.of(header, List.of(values)), Duration.ZERO);
    }

    /**
     * {@return a fault that responds with a status and a body}
     *
     * @param status the HTTP status
     * @param times the number of requests that are affected
     * @param contentType the media type of the body, such as {@code text/html}
     * @param body the body
     */
    public static Fault answer(int status, int times, String contentType, String body) {
        Map<String, List<String>> headers = Map.of("Content-Type", List.of(contentType));
        return new Fault(Kind.STATUS, times, status, headers, Duration.ZERO, body);
    }

    /**
     * {@return a fault that executes the request correctly, but changes the status or a header of the response}
     *
     * @param status the HTTP status; 0 for the correct one
     * @param times the number of requests that are affected
     * @param header the name of the header, such as {@code Location}
     * @param values the values that replace the correct one; none to omit the header
     */
    public static Fault altered(int status, int times, String header, String... values) {
        return new Fault(Kind.ALTERED, times, status, Map.of(header, List.of(values)), Duration.ZERO);
    }

    /**
     * {@return a fault that sends the body with a content encoding that the client has not requested}
     *
     * @param encoding the value of the header {@code Content-Encoding}; the body is encoded for {@code gzip},
     *     {@code x-gzip} and {@code deflate}, and unchanged for other values
     * @param times the number of requests that are affected
     */
    public static Fault encoded(String encoding, int times) {
        return new Fault(Kind.ENCODED, times, 200, Map.of(), Duration.ZERO, encoding);
    }

    /**
     * {@return a fault that sends the body one byte at a time, about 200 bytes per second, and closes the connection
     * after the given time even if the body is not complete} A client that resumes the transfer sends another request
     * for the rest, which is not affected unless {@code times} includes it. For a registry that is slow but complete,
     * use {@link InProcessRegistry#limitRate}.
     *
     * @param limit the time after which the connection is closed
     * @param times the number of requests that are affected
     */
    public static Fault trickle(Duration limit, int times) {
        return new Fault(Kind.TRICKLE, times, 200, Map.of(), limit);
    }

    /**
     * {@return a fault that announces the whole body, sends half of it, and closes the connection} A client that
     * resumes the transfer gets the rest, or half of the rest if {@code times} includes its request.
     *
     * @param times the number of requests that are affected
     */
    public static Fault truncatedBody(int times) {
        return new Fault(Kind.TRUNCATE, times, 200, Map.of(), Duration.ZERO);
    }

    /**
     * {@return a fault that sends other bytes of the same length, without a digest header}
     *
     * @param times the number of requests that are affected
     */
    public static Fault wrongBytes(int times) {
        return new Fault(Kind.WRONG_BYTES, times, 200, Map.of(), Duration.ZERO);
    }

    /**
     * {@return a fault that sends other bytes of the same length, with the digest header of the correct ones}
     *
     * @param times the number of requests that are affected
     */
    public static Fault wrongBytesUnderHeader(int times) {
        return new Fault(Kind.WRONG_UNDER_HEADER, times, 200, Map.of(), Duration.ZERO);
    }

    /**
     * {@return a fault that sends one byte more than the content has}
     *
     * @param times the number of requests that are affected
     */
    public static Fault extraBytes(int times) {
        return new Fault(Kind.EXTRA_BYTES, times, 200, Map.of(), Duration.ZERO);
    }

    /**
     * {@return a fault that sends a body of 100 MB}
     *
     * @param times the number of requests that are affected
     */
    public static Fault hugeBody(int times) {
        return new Fault(Kind.HUGE, times, 200, Map.of(), Duration.ZERO);
    }

    /**
     * {@return a fault that sends half of the body in chunks, without a length, and closes the connection}
     *
     * @param times the number of requests that are affected
     */
    public static Fault truncatedChunks(int times) {
        return new Fault(Kind.CHUNKED, times, 200, Map.of(), Duration.ZERO);
    }

    /**
     * {@return a fault that delays the response, which is then complete and correct}
     *
     * @param delay the time between the request and the response
     * @param times the number of requests that are affected
     */
    public static Fault delay(Duration delay, int times) {
        return new Fault(Kind.DELAY, times, 200, Map.of(), delay);
    }

    /**
     * {@return a fault that sends half of the body, pauses, and then closes the connection without the rest}
     *
     * @param delay the length of the pause
     * @param times the number of requests that are affected
     */
    public static Fault stall(Duration delay, int times) {
        return new Fault(Kind.STALL, times, 200, Map.of(), delay);
    }

    boolean takeOne() {
        return left.getAndUpdate(count -> Math.max(0, count - 1)) > 0;
    }
}
