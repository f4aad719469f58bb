package io.sealos.oci.testing;

import com.sun.net.httpserver.HttpExchange;
import io.sealos.images.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Blobs on their way in: POST begins, PATCH appends, PUT ends with the digest. */
final class Uploads {
    private final RegistryContent content;
    private final Map<String, ByteArrayOutputStream> open = new ConcurrentHashMap<>();
    private final AtomicInteger next = new AtomicInteger();

    Uploads(RegistryContent content) {
        this.content = content;
    }

    void serve(HttpExchange exchange, String repository, String id, Answer answer) throws IOException {
        switch (exchange.getRequestMethod()) {
            case "POST" -> begin(repository, answer);
            case "PATCH" -> append(exchange, repository, id, answer);
            case "PUT" -> end(exchange, repository, id, answer);
            default -> answer.error(405, "UNSUPPORTED");
        }
    }

    private void begin(String repository, Answer answer) throws IOException {
        String id = "upload-" + next.incrementAndGet();
        open.put(id, new ByteArrayOutputStream());
        answer.accepted("/v2/" + repository + "/blobs/uploads/" + id, 0);
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
        exchange.getRequestBody().transferTo(bytes);
        Digest digest = RegistryContent.digestOf(bytes.toByteArray());
        String query = exchange.getRequestURI().getQuery();
        if (query == null || !query.contains("digest=" + digest)) {
            answer.error(400, "DIGEST_INVALID");
            return;
        }
        content.putBlob(bytes.toByteArray());
        answer.created("/v2/" + repository + "/blobs/" + digest, digest);
    }
}
