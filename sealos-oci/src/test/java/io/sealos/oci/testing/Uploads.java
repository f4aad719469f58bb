package io.sealos.oci.testing;

import com.sun.net.httpserver.HttpExchange;
import io.sealos.images.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The uploads of blobs in progress: POST begins one, PATCH appends to it, and PUT completes it with the digest. */
final class Uploads {
    private static final Pattern MOUNT = Pattern.compile("mount=([^&]+)&from=([^&]+)");

    private final RegistryContent content;
    private final Map<String, ByteArrayOutputStream> open = new ConcurrentHashMap<>();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicLong received = new AtomicLong();
    private volatile String locations = "/v2/%1$s/blobs/uploads/%2$s";

    Uploads(RegistryContent content) {
        this.content = content;
    }

    void locations(String format) {
        locations = format;
    }

    long received() {
        return received.get();
    }

    void serve(HttpExchange exchange, String repository, String id, Answer answer) throws IOException {
        switch (exchange.getRequestMethod()) {
            case "POST" -> begin(exchange, repository, answer);
            case "PATCH" -> append(exchange, repository, id, answer);
            case "PUT" -> end(exchange, repository, id, answer);
            default -> answer.error(405, "UNSUPPORTED");
        }
    }

    private void begin(HttpExchange exchange, String repository, Answer answer) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        Matcher mount = MOUNT.matcher(query == null ? "" : query);
        if (mount.matches() && content.mount(repository, mount.group(2), mount.group(1))) {
            answer.created("/v2/" + repository + "/blobs/" + mount.group(1), Digest.parse(mount.group(1)));
            return;
        }
        String id = "upload-" + next.incrementAndGet();
        open.put(id, new ByteArrayOutputStream());
        answer.accepted(String.format(locations, repository, id), 0);
    }

    private void append(HttpExchange exchange, String repository, String id, Answer answer) throws IOException {
        ByteArrayOutputStream bytes = open.get(id);
        if (bytes == null) {
            answer.error(404, "BLOB_UPLOAD_UNKNOWN");
            return;
        }
        exchange.getRequestBody().transferTo(bytes);
        answer.accepted("/v2/" + repository + "/blobs/uploads/" + id, bytes.size());
    }

    private void end(HttpExchange exchange, String repository, String id, Answer answer) throws IOException {
        ByteArrayOutputStream bytes = open.remove(id);
        if (bytes == null) {
            answer.error(404, "BLOB_UPLOAD_UNKNOWN");
            return;
        }
        received.addAndGet(exchange.getRequestBody().transferTo(bytes));
        Digest digest = RegistryContent.digestOf(bytes.toByteArray());
        String query = exchange.getRequestURI().getQuery();
        if (query == null || !query.contains("digest=" + digest)) {
            answer.error(400, "DIGEST_INVALID");
            return;
        }
        content.putBlob(repository, bytes.toByteArray());
        answer.created("/v2/" + repository + "/blobs/" + digest, digest);
    }
}
