package io.sealos.oci.internal.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Sends single HTTP exchanges, with a limit of requests per host and an idle timeout. Does not follow redirects, and
 * does not retry. Thread-safe.
 */
public final class HttpExchanger implements AutoCloseable {
    private static final int ERROR_LIMIT = 1 << 20;

    private final HttpSettings settings;
    private final ClientThreads threads = new ClientThreads();
    private final Proxies proxies;
    private final Map<Optional<HostTls>, HttpClient> clients = new ConcurrentHashMap<>();
    private final Map<String, Semaphore> places = new ConcurrentHashMap<>();

    public HttpExchanger(HttpSettings settings) {
        this.settings = settings;
        this.proxies = new Proxies(settings, threads);
    }

    /**
     * Sends a request and waits for the response. The body of a response with a 2xx status goes to the target, any
     * other body is kept in memory.
     */
    public HttpResponse<ResponseBody> exchange(HttpRequest request, Target target)
            throws IOException, InterruptedException {
        HttpClient client = client(request.uri());
        Semaphore place = places.computeIfAbsent(
                request.uri().getAuthority(), host -> new Semaphore(settings.requestsPerHost(), true));
        place.acquire();
        try {
            return exchange(client, proxies.authorized(request), target);
        } catch (ConnectException e) {
            throw ConnectFailure.of(e, request.uri(), settings);
        } finally {
            place.release();
        }
    }

    /**
     * Returns the client for an address. There is one client for each TLS setting, since a client uses one for all its
     * connections.
     */
    private HttpClient client(URI address) throws IOException {
        Optional<HostTls> tls = settings.tls(address);
        HttpClient known = clients.get(tls);
        if (known != null) {
            return known;
        }
        synchronized (clients) {
            HttpClient client = clients.containsKey(tls) ? clients.get(tls) : start(tls);
            clients.put(tls, client);
            return client;
        }
    }

    private HttpClient start(Optional<HostTls> tls) throws IOException {
        HttpClient.Builder client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.connectTimeout());
        proxies.selector().ifPresent(client::proxy);
        if (tls.isPresent()) {
            client.sslContext(tls.get().context());
        }
        return threads.start(client);
    }

    private HttpResponse<ResponseBody> exchange(HttpClient client, HttpRequest request, Target target)
            throws IOException, InterruptedException {
        TransferMonitor monitor = new TransferMonitor(settings.limits());
        Optional<ProgressBodyPublisher> sent =
                request.bodyPublisher().map(body -> new ProgressBodyPublisher(body, monitor));
        AtomicReference<@Nullable ResponseBody> received = new AtomicReference<>();
        CompletableFuture<HttpResponse<ResponseBody>> reply = client.sendAsync(with(request, sent), info -> {
            monitor.begin();
            boolean good = info.statusCode() / 100 == 2;
            ResponseBody body = good ? target.begin(info, monitor) : ResponseBody.ofAnswer(ERROR_LIMIT, info, monitor);
            received.set(body);
            return body;
        });
        try {
            return await(reply, monitor);
        } finally {
            reply.cancel(true);
            sent.ifPresent(ProgressBodyPublisher::cancel);
            Optional.ofNullable(received.get()).ifPresent(ResponseBody::cancel);
        }
    }

    private static HttpRequest with(HttpRequest request, Optional<ProgressBodyPublisher> body) {
        return body.map(publisher -> HttpRequest.newBuilder(request, (name, value) -> true)
                        .method(request.method(), publisher)
                        .build())
                .orElse(request);
    }

    private static HttpResponse<ResponseBody> await(
            CompletableFuture<HttpResponse<ResponseBody>> reply, TransferMonitor monitor)
            throws IOException, InterruptedException {
        while (true) {
            try {
                return reply.get(monitor.check(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                // The next check of the monitor decides whether to go on.
            } catch (ExecutionException e) {
                throw e.getCause() instanceof IOException known ? known : new IOException(e.getCause());
            }
        }
    }

    @Override
    public void close() {
        proxies.close();
        threads.close();
    }

    /** Creates the receiver of the body of a successful response. */
    public interface Target {
        ResponseBody begin(HttpResponse.ResponseInfo info, TransferMonitor monitor);

        static Target memory(int limit) {
            return (info, monitor) -> ResponseBody.inMemory(limit, info, monitor);
        }

        /**
         * Returns a target that keeps the body in memory and ignores an unknown encoding, for responses of which mainly
         * the status is used.
         */
        static Target answer(int limit) {
            return (info, monitor) -> ResponseBody.ofAnswer(limit, info, monitor);
        }
    }
}
