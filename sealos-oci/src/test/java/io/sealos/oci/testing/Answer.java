package io.sealos.oci.testing;

import com.sun.net.httpserver.HttpExchange;
import io.sealos.images.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** A response of the in-process registry, with its fault if it has one. */
final class Answer {
    private static final Pattern RANGE = Pattern.compile("bytes=([0-9]+)-([0-9]*)");

    private static final long HUGE = 100L << 20;

    private final HttpExchange exchange;
    private final @Nullable Fault fault;
    private final RateLimit rate;
    private final RequestLog log;

    Answer(HttpExchange exchange, @Nullable Fault fault, RateLimit rate, RequestLog log) {
        this.exchange = exchange;
        this.fault = fault;
        this.rate = rate;
        this.log = log;
    }

    /** {@return whether the fault replaced the response} */
    boolean beginsWithFault() throws IOException, InterruptedException {
        if (fault == null) {
            return false;
        }
        Thread.sleep(fault.kind == Fault.Kind.DELAY ? fault.delay.toMillis() : 0);
        if (fault.kind != Fault.Kind.STATUS) {
            return false;
        }
        exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
        header("Content-Type", "application/json");
        fault.headers.forEach(exchange.getResponseHeaders()::put);
        text(fault.status, fault.text);
        return true;
    }

    void empty(int status) throws IOException {
        send(status, -1);
    }

    private void send(int status, long length) throws IOException {
        Fault shown = fault;
        int sent = status;
        if (shown != null && shown.kind == Fault.Kind.ALTERED) {
            shown.headers.forEach(
                    (name, values) -> exchange.getResponseHeaders().put(name, new ArrayList<>(values)));
            sent = shown.status > 0 ? shown.status : status;
        }
        log.responding(exchange, sent);
        exchange.sendResponseHeaders(sent, length);
    }

    void accepted(String location, long received) throws IOException {
        header("Location", location);
        header("Range", "0-" + Math.max(0, received - 1));
        empty(202);
    }

    void created(String location, Digest digest) throws IOException {
        header("Location", location);
        header("Docker-Content-Digest", digest.toString());
        empty(201);
    }

    void unauthorized(String challenge) throws IOException {
        header("WWW-Authenticate", challenge);
        error(401, "UNAUTHORIZED");
    }

    void error(int status, String code) throws IOException {
        header("Content-Type", "application/json");
        text(status, "{\"errors\":[{\"code\":\"" + code + "\"}]}");
    }

    private void text(int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        boolean empty = head || body.length == 0;
        send(status, empty ? -1 : body.length);
        if (!empty) {
            exchange.getResponseBody().write(body);
        }
    }

    void json(Optional<String> body) throws IOException {
        if (body.isEmpty()) {
            error(401, "UNAUTHORIZED");
            return;
        }
        byte[] bytes = body.get().getBytes(StandardCharsets.UTF_8);
        header("Content-Type", "application/json");
        send(200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    void manifest(Optional<RegistryContent.Manifest> found) throws IOException, InterruptedException {
        if (found.isEmpty()) {
            error(404, "MANIFEST_UNKNOWN");
            return;
        }
        header("Content-Type", found.get().mediaType);
        BlobBytes content = BlobBytes.of(found.get().content);
        content(200, found.get().digest.toString(), content, 0, content.size());
    }

    void blob(String digest, Optional<BlobBytes> found) throws IOException, InterruptedException {
        if (found.isEmpty()) {
            error(404, "BLOB_UNKNOWN");
            return;
        }
        header("Content-Type", "application/octet-stream");
        header("Accept-Ranges", "bytes");
        String range = exchange.getRequestHeaders().getFirst("Range");
        Matcher asked = RANGE.matcher(range == null ? "" : range);
        if (asked.matches()) {
            part(digest, found.get(), asked);
        } else {
            content(200, digest, found.get(), 0, found.get().size());
        }
    }

    private void part(String digest, BlobBytes whole, Matcher asked) throws IOException, InterruptedException {
        long from = Long.parseLong(asked.group(1));
        if (from >= whole.size()) {
            header("Content-Range", "bytes */" + whole.size());
            error(416, "RANGE_INVALID");
            return;
        }
        long last = asked.group(2).isEmpty() ? whole.size() - 1 : Long.parseLong(asked.group(2));
        long end = Math.min(whole.size(), last + 1);
        header("Content-Range", "bytes " + from + "-" + (end - 1) + "/" + whole.size());
        content(206, digest, whole, from, end);
    }

    /** Sends a part of a blob or manifest. A fault may change it, so it is read into memory then. */
    private void content(int status, String digest, BlobBytes content, long from, long end)
            throws IOException, InterruptedException {
        boolean wrong = fault != null && fault.kind == Fault.Kind.WRONG_BYTES;
        if (!wrong) {
            header("Docker-Content-Digest", digest);
        }
        if (exchange.getRequestMethod().equals("HEAD")) {
            header("Content-Length", Long.toString(end - from));
            empty(status);
        } else if (fault == null) {
            send(status, end == from ? -1 : end - from);
            content.write(from, end, body());
        } else {
            faulty(status, spoiled(fault, content.read(from, end)));
        }
    }

    private OutputStream body() {
        return new LimitedOutput(exchange.getResponseBody(), rate, log);
    }

    private void faulty(int status, byte[] bytes) throws IOException, InterruptedException {
        if (fault != null && fault.kind == Fault.Kind.HUGE) {
            huge();
            return;
        }
        boolean chunked = fault != null && fault.kind == Fault.Kind.CHUNKED;
        send(status, chunked ? 0 : bytes.length == 0 ? -1 : bytes.length);
        if (fault != null && fault.kind == Fault.Kind.TRICKLE) {
            trickle(bytes, fault.delay);
            return;
        }
        boolean half =
                chunked || (fault != null && (fault.kind == Fault.Kind.TRUNCATE || fault.kind == Fault.Kind.STALL));
        int length = half ? bytes.length / 2 : bytes.length;
        OutputStream body = body();
        body.write(bytes, 0, length);
        body.flush();
        if (fault != null && fault.kind == Fault.Kind.STALL) {
            Thread.sleep(fault.delay.toMillis());
        }
    }

    private void huge() throws IOException {
        send(200, HUGE);
        byte[] part = new byte[1 << 16];
        OutputStream body = body();
        for (long sent = 0; sent < HUGE; sent += part.length) {
            body.write(part);
        }
    }

    private void trickle(byte[] bytes, Duration limit) throws IOException, InterruptedException {
        OutputStream body = body();
        long end = System.nanoTime() + limit.toNanos();
        for (int i = 0; i < bytes.length && System.nanoTime() < end; i++) {
            body.write(bytes, i, 1);
            body.flush();
            Thread.sleep(5);
        }
    }

    private byte[] spoiled(Fault shown, byte[] bytes) throws IOException {
        Fault.Kind kind = shown.kind;
        if (kind == Fault.Kind.ENCODED) {
            header("Content-Encoding", shown.text);
            return encoded(shown.text, bytes);
        }
        byte[] copy = Arrays.copyOf(bytes, kind == Fault.Kind.EXTRA_BYTES ? bytes.length + 1 : bytes.length);
        boolean wrong = kind == Fault.Kind.WRONG_BYTES || kind == Fault.Kind.WRONG_UNDER_HEADER;
        if (wrong && copy.length > 0) {
            copy[0] ^= 1;
        }
        return copy;
    }

    private static byte[] encoded(String encoding, byte[] bytes) throws IOException {
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        try (OutputStream out = encoding.endsWith("gzip")
                ? new GZIPOutputStream(encoded)
                : encoding.equals("deflate") ? new DeflaterOutputStream(encoded) : encoded) {
            out.write(bytes);
        }
        return encoded.toByteArray();
    }

    private void header(String name, String value) {
        exchange.getResponseHeaders().set(name, value);
    }
}
