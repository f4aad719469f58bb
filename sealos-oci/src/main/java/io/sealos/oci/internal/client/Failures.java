package io.sealos.oci.internal.client;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealos.internal.files.NotWrittenException;
import io.sealos.oci.internal.http.ConnectFailure;
import io.sealos.oci.internal.http.ContentDecoder;
import io.sealos.oci.internal.http.HostNames;
import io.sealos.oci.internal.http.HttpSettings;
import io.sealos.oci.internal.http.ResponseBody;
import io.sealos.oci.internal.http.TransferMonitor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Creates the exceptions of the registry client, with the problem and a fix. */
final class Failures {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int NOT_FOUND = 404;
    /** The beginning of the JDK client's message about a proxy that refuses a connection. */
    private static final String TUNNEL_REFUSED = "Tunnel failed";

    /** The ways to get an image whose registry may not be accessed. */
    private static final String OTHER_WAYS =
            "put the image into an allowed registry (a test: InProcessRegistry.putImage), name another source of it, or ";

    private static final Set<String> UNKNOWN_PARTS =
            Set.of("MANIFEST_BLOB_UNKNOWN", "BLOB_UNKNOWN", "MANIFEST_UNKNOWN");

    private Failures() {}

    /** Returns the failure for a response. {@link Authorizer} adds hints about credentials. */
    static TransferException answered(RegistryRequest call, HttpResponse<ResponseBody> reply) {
        return answered(call, reply, hint(call, reply));
    }

    static TransferException answered(RegistryRequest call, HttpResponse<ResponseBody> reply, String hint) {
        String host = HostNames.of(reply.uri());
        int status = reply.statusCode();
        String code = code(reply);
        String problem =
                host + " answered " + status + (code.isEmpty() ? "" : " (" + code + ")") + purpose(call, reply);
        return new TransferException(call.image().name(), host, status, problem, hint);
    }

    /** Returns the purpose of a missing blob, as a part of the message. */
    private static String purpose(RegistryRequest call, HttpResponse<ResponseBody> reply) {
        if (reply.statusCode() != NOT_FOUND || call.isPush() || call.blob().isEmpty()) {
            return "";
        }
        return " for the blob " + call.blob() + ", which the manifest names" + sentOn(call, reply.uri());
    }

    private static String hint(RegistryRequest call, HttpResponse<ResponseBody> reply) {
        String host = HostNames.of(reply.uri());
        if (lacksPartOfManifest(reply)) {
            return "it does not find what it has taken; push again later or ask who runs " + host;
        }
        boolean plain = "http".equals(reply.uri().getScheme());
        if (plain && reply.statusCode() == 400 && speaksTls(reply)) {
            return "it speaks HTTPS there: do not allow plain HTTP for it";
        }
        return switch (reply.statusCode()) {
            case NOT_FOUND -> missing(call);
            case 413 -> "raise the size of requests that " + host + ", or the proxy before it, takes";
            case 429 -> "the registry limits requests; log in or try later";
            default -> "try again later or ask who runs " + host;
        };
    }

    /** Returns whether a server expects TLS, by the messages of Go and nginx. */
    private static boolean speaksTls(HttpResponse<ResponseBody> reply) {
        String body = new String(reply.body().bytes(), StandardCharsets.UTF_8);
        return body.contains("HTTP request to an HTTPS server") || body.contains("HTTP request was sent to HTTPS port");
    }

    private static String missing(RegistryRequest call) {
        String registry = call.endpoint().host();
        if (call.isPush()) {
            return "check the name; some registries want the project or the repository to be created first";
        }
        if (!call.blob().isEmpty()) {
            return "push the image there again, or ask who runs " + registry;
        }
        return call.rest().startsWith("/manifests/sha")
                ? "check the name and the digest; if an index names it, push the image there again with all platforms"
                : "check the name and the tag";
    }

    /** Returns whether a registry refuses a manifest because a blob or manifest that it refers to is missing. */
    static boolean lacksPartOfManifest(HttpResponse<ResponseBody> reply) {
        boolean refused = reply.statusCode() == NOT_FOUND || reply.statusCode() == 400;
        return refused && reply.request().method().equals("PUT") && UNKNOWN_PARTS.contains(code(reply));
    }

    /** Returns the address at which the connection was lost. */
    static URI address(RegistryRequest call, IOException failure) {
        return failure instanceof BrokenExchangeException broken ? broken.address() : call.uri();
    }

    /** Returns the reason why the connection was lost. */
    static IOException cause(IOException failure) {
        return failure instanceof BrokenExchangeException broken ? broken.reason() : failure;
    }

    static TransferException broken(RegistryRequest call, IOException failure) {
        if (failure instanceof TransferException known) {
            return known;
        }
        IOException cause = cause(failure);
        if (cause instanceof ResponseBody.LocalException) {
            return cause.getCause() instanceof NotWrittenException full
                    ? failed(call.image(), "", full.problem(), full.fix(), cause)
                    : failed(call.image(), "", reason(cause), "check the disk", cause);
        }
        URI address = address(call, failure);
        String host = HostNames.of(address);
        String problem = host + " failed: " + reason(cause);
        return failed(call.image(), host, problem, hint(cause, host, sentOn(call, address)), cause);
    }

    /** Returns the host that redirected to an address, as a part of the message; empty if there was no redirect. */
    private static String sentOn(RegistryRequest call, URI address) {
        return Endpoint.isSameOrigin(call.uri(), address)
                ? ""
                : ", to which " + call.endpoint().host() + " sends on";
    }

    static TransferException refused(RemoteImage image, URI uri, String problem, String hint) {
        return failed(image, HostNames.of(uri), problem, hint, null);
    }

    /**
     * Returns the failure for an address that may not be accessed. The hint depends on the request: an image can come
     * from elsewhere, and be pushed to elsewhere, but a redirect cannot be avoided.
     */
    static TransferException notAllowed(RegistryRequest call, URI address, Set<String> hosts) {
        String host = HostNames.of(address);
        String sentOn = sentOn(call, address);
        String hint = "allow the host " + host + " (onlyHosts)" + sentOn;
        if (sentOn.isEmpty()) {
            hint = (call.isPush() ? "push to an allowed host, or " : OTHER_WAYS) + hint;
        }
        return refused(
                call.image(), address, host + " may not be accessed, but only " + String.join(", ", hosts), hint);
    }

    /** Returns the failure for a web page, such as a login form, instead of the response of a registry. */
    static TransferException webPage(RegistryRequest call, URI address, String instead) {
        String host = HostNames.of(address);
        return refused(
                call.image(),
                address,
                host + " sent a web page instead of " + instead,
                "check the name of the registry, and whether a proxy or a login page stands before " + host);
    }

    /** Returns the failure for a proxy that requires a login or refuses the one it was given. */
    static TransferException proxyRefused(
            RegistryRequest call, HttpResponse<ResponseBody> reply, HttpSettings settings) {
        Optional<InetSocketAddress> way = settings.proxyFor(reply.uri());
        String host =
                way.map(proxy -> proxy.getHostString() + ":" + proxy.getPort()).orElse("on the way");
        boolean given = way.flatMap(settings::proxyCredential).isPresent();
        List<String> schemes = Challenge.parseAll(reply.headers().allValues("Proxy-Authenticate")).stream()
                .map(Challenge::scheme)
                .toList();
        String hint;
        if (!schemes.isEmpty() && !schemes.contains("basic")) {
            hint = "it takes " + String.join(", ", schemes)
                    + " only; ask who runs it for a way with a password (basic)";
        } else if (given) {
            hint = "it does not take the user and password that are given for it";
        } else {
            hint =
                    "give it a user and password (proxyCredentials), or http://USER:PASSWORD@HOST:PORT in the environment";
        }
        String problem = "the proxy " + host + " answered 407 and lets nobody through to " + HostNames.of(reply.uri());
        return new TransferException(call.image().name(), host, reply.statusCode(), problem, hint);
    }

    static boolean isWebPage(HttpResponse<ResponseBody> reply) {
        String body = new String(reply.body().bytes(), StandardCharsets.UTF_8);
        return body.replace("\ufeff", "").stripLeading().startsWith("<");
    }

    private static TransferException failed(
            RemoteImage image, String host, String problem, String hint, @Nullable Throwable cause) {
        return new TransferException(image.name(), host, 0, problem, hint, cause);
    }

    static String reason(IOException failure) {
        IOException cause = cause(failure);
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private static String hint(IOException cause, String host, String sentOn) {
        if (cause instanceof SSLException) {
            return sentOn.isEmpty()
                    ? "name its certificate authority, or allow plain HTTP for " + host + " if that is what it speaks"
                    : "name the certificate authority of " + host + sentOn;
        }
        if (cause instanceof ResponseBody.OversizeException) {
            return "the registry serves something else than it announced";
        }
        if (cause instanceof ContentDecoder.UnknownEncodingException) {
            return "let " + host + ", or the proxy before it, send content as it is stored";
        }
        if (cause instanceof TransferMonitor.TooSlowException) {
            return "check the network and the proxy, or allow a lower rate";
        }
        if (isRefusedByProxy(cause)) {
            return "the proxy lets nobody through to " + host + "; ask who runs it, or except the host (NO_PROXY)";
        }
        return hintOfConnection(cause, host, sentOn);
    }

    private static String hintOfConnection(IOException cause, String host, String sentOn) {
        if (!(cause instanceof HttpTimeoutException || cause instanceof ConnectFailure)) {
            return "try again";
        }
        if (!sentOn.isEmpty()) {
            return "check whether " + host + sentOn + ", can be reached from here: the network and the proxy";
        }
        if (cause instanceof HttpConnectTimeoutException) {
            return "check the network, the firewall and the proxy, or allow more time to connect (connectTimeout)";
        }
        return cause instanceof ConnectFailure failure
                ? failure.hint()
                : "check the name of the host, the network and the proxy";
    }

    /** Returns whether a proxy refused the connection permanently. A gateway error may be temporary. */
    static boolean isRefusedByProxy(IOException cause) {
        String message = String.valueOf(cause.getMessage());
        return message.startsWith(TUNNEL_REFUSED) && !message.contains("got: 5");
    }

    /** Returns the code of the first error in a response; empty if it has none. */
    private static String code(HttpResponse<ResponseBody> reply) {
        try {
            return JSON.readTree(reply.body().bytes())
                    .path("errors")
                    .path(0)
                    .path("code")
                    .asText("");
        } catch (IOException e) {
            return "";
        }
    }
}
