package io.sealos.oci.internal.http;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The threads of HTTP clients, in a thread group of their own. Before Java 21, a client cannot be closed. Its selector
 * thread, which belongs to the group of the thread that created the client, ends with all connections when it is
 * interrupted.
 */
final class ClientThreads implements AutoCloseable, Executor {
    private static final Duration LONGEST_END = Duration.ofSeconds(5);

    private final ThreadGroup group = new ThreadGroup("sealos-registry-client");
    private final ExecutorService pool = Executors.newCachedThreadPool(this::daemon);

    HttpClient start(HttpClient.Builder client) {
        client.executor(pool);
        return CompletableFuture.supplyAsync(client::build, pool).join();
    }

    @Override
    public void execute(Runnable work) {
        pool.execute(work);
    }

    /** Ends the threads together with their connections, and waits for them. */
    @Override
    public void close() {
        pool.shutdownNow();
        Thread[] threads = new Thread[group.activeCount() + 16];
        int count = group.enumerate(threads);
        group.interrupt();
        long end = System.nanoTime() + LONGEST_END.toNanos();
        try {
            for (int i = 0; i < count; i++) {
                TimeUnit.NANOSECONDS.timedJoin(threads[i], end - System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        destroyGroup();
    }

    /** Before Java 19, the parent keeps a group until it is destroyed. Later versions have nothing to destroy. */
    @SuppressWarnings({"deprecation", "removal"})
    private void destroyGroup() {
        if (Runtime.version().feature() < 19) {
            try {
                group.destroy();
            } catch (IllegalThreadStateException e) {
                return; // A thread has not ended in time, and keeps the group.
            }
        }
    }

    private Thread daemon(Runnable work) {
        Thread thread = new Thread(group, work, "sealos-registry-client");
        thread.setDaemon(true);
        return thread;
    }
}
