package io.sealos.oci.internal.transport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import javax.net.ssl.SSLException;

/** What went wrong, in words, and what to do about it. */
final class Failures {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Failures() {}

    static TransferException answered(RemoteImage image, HttpResponse<Body> reply, boolean withCredential) {
        String host = reply.uri().getAuthority();
        int status = reply.statusCode();
        String problem = host + " answered " + status + code(reply.body().bytes());
        return new TransferException(image.name(), host, status, problem, hint(status, host, withCredential));
    }

    static TransferException broken(RemoteImage image, URI uri, IOException cause) {
        if (cause instanceof TransferException known) {
            return known;
        }
        if (cause instanceof Body.LocalException) {
            return failed(image, "", "cannot be stored: " + cause.getMessage(), "check the disk", cause);
        }
        String host = uri.getAuthority();
        return failed(image, host, host + " failed: " + reason(cause), hint(cause, host), cause);
    }

    static TransferException refused(RemoteImage image, URI uri, String problem, String hint) {
        return failed(image, uri.getAuthority(), problem, hint, null);
    }

    private static TransferException failed(
            RemoteImage image,
            String host,
            String problem,
            String hint,
            @org.jspecify.annotations.Nullable Throwable cause) {
        return new TransferException(image.name(), host, 0, problem, hint, cause);
    }

    private static String reason(IOException cause) {
        if (cause.getMessage() != null) {
            return cause.getMessage();
        }
        return cause instanceof ConnectException
                ? "no connection"
                : cause.getClass().getSimpleName();
    }

    private static String hint(IOException cause, String host) {
        if (cause instanceof SSLException) {
            return "its certificate must be trusted; if " + host + " speaks plain HTTP, allow plain HTTP for it";
        }
        if (cause instanceof Body.OversizeException) {
            return "the registry serves something else than it announced";
        }
        return cause instanceof HttpTimeoutException || cause instanceof ConnectException
                ? "check the name of the host, the network and the proxy"
                : "try again";
    }

    private static String hint(int status, String host, boolean withCredential) {
        return switch (status) {
            case 401, 403 ->
                withCredential
                        ? "the credential for " + host + " may not read this image"
                        : "log in to " + host + " or give a credential for it";
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
