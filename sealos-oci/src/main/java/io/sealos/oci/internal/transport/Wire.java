package io.sealos.oci.internal.transport;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One exchange at a time and thread, with a limit on silence; no redirect, no retry. */
final class Wire implements AutoCloseable {
    private static final int ERROR_LIMIT = 1 << 20;

    private final ExecutorService threads = Executors.newCachedThreadPool(Wire::daemon);
    private final HttpClient client;
    private final Duration stallTimeout;

    Wire(AccessSettings settings) {
        stallTimeout = settings.stallTimeout;
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.connectTimeout)
                .executor(threads)
                .build();
    }

    /** A 2xx body goes where the target says; any other is kept in memory. */
    HttpResponse<Body> exchange(HttpRequest request, Target target) throws IOException, InterruptedException {
        AtomicLong heard = new AtomicLong(System.nanoTime());
        AtomicReference<@Nullable Body> body = new AtomicReference<>();
        CompletableFuture<HttpResponse<Body>> reply = client.sendAsync(request, info -> {
            Runnable onBytes = () -> heard.set(System.nanoTime());
            onBytes.run();
            boolean good = info.statusCode() / 100 == 2;
            Body taken = good ? target.begin(info, onBytes) : Body.inMemory(ERROR_LIMIT, onBytes);
            body.set(taken);
            return taken;
        });
        try {
            return await(reply, heard);
        } finally {
            reply.cancel(true);
            Body taken = body.get();
            if (taken != null) {
                taken.cancel();
            }
        }
    }

    private HttpResponse<Body> await(CompletableFuture<HttpResponse<Body>> reply, AtomicLong heard)
            throws IOException, InterruptedException {
        TimeoutException silence = new TimeoutException();
        long left = stallTimeout.toNanos();
        while (left > 0) {
            try {
                return reply.get(left, TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                silence = e;
            } catch (ExecutionException e) {
                throw e.getCause() instanceof IOException known ? known : new IOException(e.getCause());
            }
            left = stallTimeout.toNanos() - (System.nanoTime() - heard.get());
        }
        IOException stalled = new HttpTimeoutException("no byte came for " + stallTimeout.toMillis() + " ms");
        stalled.initCause(silence);
        throw stalled;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "sealos-registry-client");
        thread.setDaemon(true);
        return thread;
    }

    /** Where the body of a good answer goes. */
    interface Target {
        Body begin(HttpResponse.ResponseInfo info, Runnable onBytes);

        static Target memory(int limit) {
            return (info, onBytes) -> Body.inMemory(limit, onBytes);
        }
    }
}
