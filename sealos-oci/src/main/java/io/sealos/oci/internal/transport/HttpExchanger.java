package io.sealos.oci.internal.transport;

import java.io.IOException;
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

/** One exchange at a time and thread, so many at a time per host, with a limit on silence; no redirect, no retry. */
final class HttpExchanger implements AutoCloseable {
    private static final int ERROR_LIMIT = 1 << 20;

    private final HttpSettings settings;
    private final ClientThreads threads = new ClientThreads();
    private final Proxies proxies;
    private final Map<Optional<HostTls>, HttpClient> clients = new ConcurrentHashMap<>();
    private final Map<String, Semaphore> places = new ConcurrentHashMap<>();

    HttpExchanger(HttpSettings settings) {
        this.settings = settings;
        this.proxies = new Proxies(settings, threads);
    }

    /** A 2xx body goes where the target says; any other is kept in memory. */
    HttpResponse<ResponseBody> exchange(HttpRequest request, Target target) throws IOException, InterruptedException {
        HttpClient client = client(request.uri());
        Semaphore place = places.computeIfAbsent(
                request.uri().getAuthority(), host -> new Semaphore(settings.requestsPerHost(), true));
        place.acquire();
        try {
            return exchange(client, proxies.authorized(request), target);
        } finally {
            place.release();
        }
    }

    /** One client for each kind of TLS, because a client has one kind for all its connections. */
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
        TransferMonitor pace = new TransferMonitor(settings.limits());
        AtomicReference<@Nullable ResponseBody> body = new AtomicReference<>();
        ProgressBodyPublisher sent = new ProgressBodyPublisher(request, pace);
        CompletableFuture<HttpResponse<ResponseBody>> reply = client.sendAsync(sent.request(), info -> {
            pace.begin();
            boolean good = info.statusCode() / 100 == 2;
            ResponseBody taken = good ? target.begin(info, pace) : ResponseBody.ofAnswer(ERROR_LIMIT, info, pace);
            body.set(taken);
            return taken;
        });
        try {
            return await(reply, pace);
        } finally {
            reply.cancel(true);
            sent.cancel();
            ResponseBody taken = body.get();
            if (taken != null) {
                taken.cancel();
            }
        }
    }

    private static HttpResponse<ResponseBody> await(CompletableFuture<HttpResponse<ResponseBody>> reply, TransferMonitor pace)
            throws IOException, InterruptedException {
        while (true) {
            try {
                return reply.get(pace.check(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                // Then the next look says whether it goes on.
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

    /** Where the body of a good answer goes. */
    interface Target {
        ResponseBody begin(HttpResponse.ResponseInfo info, TransferMonitor pace);

        static Target memory(int limit) {
            return (info, pace) -> ResponseBody.inMemory(limit, info, pace);
        }

        /** Where the status says nearly everything. */
        static Target answer(int limit) {
            return (info, pace) -> ResponseBody.ofAnswer(limit, info, pace);
        }
    }
}
