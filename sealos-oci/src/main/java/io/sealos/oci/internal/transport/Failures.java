package io.sealos.oci.internal.transport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What went wrong, in words, and what to do about it. */
final class Failures {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Failures() {}

    static TransferException answered(Call call, HttpResponse<Body> reply, String hint) {
        String host = reply.uri().getAuthority();
        int status = reply.statusCode();
        String problem = host + " answered " + status + code(reply.body().bytes());
        return new TransferException(call.image().name(), host, status, problem, hint);
    }

    static TransferException broken(Call call, IOException cause) {
        if (cause instanceof TransferException known) {
            return known;
        }
        if (cause instanceof Body.LocalException) {
            return failed(call.image(), "", reason(cause), "check the disk", cause);
        }
        String host = call.endpoint().host();
        return failed(call.image(), host, host + " failed: " + reason(cause), hint(cause, host), cause);
    }

    static TransferException refused(RemoteImage image, URI uri, String problem, String hint) {
        return failed(image, uri.getAuthority(), problem, hint, null);
    }

    private static TransferException failed(
            RemoteImage image, String host, String problem, String hint, @Nullable Throwable cause) {
        return new TransferException(image.name(), host, 0, problem, hint, cause);
    }

    static String reason(IOException cause) {
        if (cause.getMessage() != null) {
            return cause.getMessage();
        }
        return cause instanceof ConnectException
                ? "no connection"
                : cause.getClass().getSimpleName();
    }

    private static String hint(IOException cause, String host) {
        if (cause instanceof SSLException) {
            return "name its certificate authority, or allow plain HTTP for " + host + " if that is what it speaks";
        }
        if (cause instanceof Body.OversizeException) {
            return "the registry serves something else than it announced";
        }
        return cause instanceof HttpTimeoutException || cause instanceof ConnectException
                ? "check the name of the host, the network and the proxy"
                : "try again";
    }

    static String hint(int status, String host) {
        return switch (status) {
            case 404 -> "check the name and the tag";
            case 429 -> "the registry limits requests; log in or try later";
            default -> "try again later or ask who runs " + host;
        };
    }

    private static String code(byte[] body) {
        try {
            JsonNode code = JSON.readTree(body).path("errors").path(0).path("code");
            return code.isTextual() ? " (" + code.asText() + ")" : "";
        } catch (IOException e) {
            return "";
        }
    }
}
