package io.sealos.oci.testing;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A fault that the in-process registry shows to the first requests that match it. */
public final class Fault {
    /** What goes wrong. */
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
    /** The body of an answer, or the name of an encoding. */
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
     * {@return answers with a status, so many times}
     *
     * @param status the HTTP status
     * @param times how many requests see it
     */
    public static Fault status(int status, int times) {
        return new Fault(Kind.STATUS, times, status, Map.of(), Duration.ZERO);
    }

    /**
     * {@return answers with a status and one header, so many times}
     *
     * @param status the HTTP status
     * @param times how many requests see it
     * @param header the name of the header, such as {@code Retry-After}
     * @param values its values; with several the header stands in the answer as often
     */
    public static Fault status(int status, int times, String header, String... values) {
        return new Fault(Kind.STATUS, times, status, Map.of(header, List.of(values)), Duration.ZERO);
    }

    /**
     * {@return answers with a status and a body of its own, so many times}
     *
     * @param status the HTTP status
     * @param times how many requests see it
     * @param contentType what the body is called, such as {@code text/html}
     * @param body the body
     */
    public static Fault answer(int status, int times, String contentType, String body) {
        Map<String, List<String>> headers = Map.of("Content-Type", List.of(contentType));
        return new Fault(Kind.STATUS, times, status, headers, Duration.ZERO, body);
    }

    /**
     * {@return does as it should, but says so with another status or header}
     *
     * @param status the HTTP status, 0 for the right one
     * @param times how many requests see it
     * @param header the name of the header, such as {@code Location}
     * @param values its values instead of the right one; none to leave it out
     */
    public static Fault altered(int status, int times, String header, String... values) {
        return new Fault(Kind.ALTERED, times, status, Map.of(header, List.of(values)), Duration.ZERO);
    }

    /**
     * {@return sends the body in an encoding, whatever the client can read}
     *
     * @param encoding the value of the header Content-Encoding; for {@code gzip}, {@code x-gzip} and {@code deflate}
     *     the body is so encoded, for any other it stays as it is
     * @param times how many requests see it
     */
    public static Fault encoded(String encoding, int times) {
        return new Fault(Kind.ENCODED, times, 200, Map.of(), Duration.ZERO, encoding);
    }

    /**
     * {@return sends the body a byte at a time, for so long or until the client has gone}
     *
     * @param delay for how long
     * @param times how many requests see it
     */
    public static Fault trickle(Duration delay, int times) {
        return new Fault(Kind.TRICKLE, times, 200, Map.of(), delay);
    }

    /**
     * {@return sends half of the body and closes the connection}
     *
     * @param times how many requests see it
     */
    public static Fault truncatedBody(int times) {
        return new Fault(Kind.TRUNCATE, times, 200, Map.of(), Duration.ZERO);
    }

    /**
     * {@return sends other bytes of the same length, and no digest header}
     *
     * @param times how many requests see it
     */
    public static Fault wrongBytes(int times) {
        return new Fault(Kind.WRONG_BYTES, times, 200, Map.of(), Duration.ZERO);
    }

    /**
     * {@return sends other bytes of the same length, under the digest header of the right ones}
     *
     * @param times how many requests see it
     */
    public static Fault wrongBytesUnderHeader(int times) {
        return new Fault(Kind.WRONG_UNDER_HEADER, times, 200, Map.of(), Duration.ZERO);
    }

    /**
     * {@return sends one byte more than the content has}
     *
     * @param times how many requests see it
     */
    public static Fault extraBytes(int times) {
        return new Fault(Kind.EXTRA_BYTES, times, 200, Map.of(), Duration.ZERO);
    }

    /**
     * {@return sends a body of 100 MB}
     *
     * @param times how many requests see it
     */
    public static Fault hugeBody(int times) {
        return new Fault(Kind.HUGE, times, 200, Map.of(), Duration.ZERO);
    }

    /**
     * {@return sends half of the body in chunks, without a length, and closes the connection}
     *
     * @param times how many requests see it
     */
    public static Fault truncatedChunks(int times) {
        return new Fault(Kind.CHUNKED, times, 200, Map.of(), Duration.ZERO);
    }

    /**
     * {@return answers later}
     *
     * @param delay how much later
     * @param times how many requests see it
     */
    public static Fault delay(Duration delay, int times) {
        return new Fault(Kind.DELAY, times, 200, Map.of(), delay);
    }

    /**
     * {@return stops in the middle of the body for so long, then closes the connection}
     *
     * @param delay for how long
     * @param times how many requests see it
     */
    public static Fault stall(Duration delay, int times) {
        return new Fault(Kind.STALL, times, 200, Map.of(), delay);
    }

    boolean takeOne() {
        return left.getAndUpdate(count -> Math.max(0, count - 1)) > 0;
    }
}
