package io.sealos.images.internal.helm;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;

/**
 * Takes the numbers of the calls from the parent, and ends the child process when the parent is gone or when the
 * engine, whose memory Java does not bound, takes too much.
 */
final class Guardian {
    static final int TOO_LARGE = 4;
    private static final int GONE = 3;
    private static final int ATTEMPTS = 20;
    private static final Path STATUS = Path.of("/proc/self/status");

    private final BlockingQueue<Integer> calls = new LinkedBlockingQueue<>();
    private final Semaphore ending = new Semaphore(1);

    private Guardian() {}

    static Guardian start(Path work, Path cache, long mostBytes) {
        Guardian guardian = new Guardian();
        daemon("parent-watch", () -> guardian.awaitParentEnd(work, EngineLibrary.part(cache, work)));
        if (Files.isReadable(STATUS)) {
            daemon("memory-watch", () -> awaitTooLarge(mostBytes));
        }
        return guardian;
    }

    int nextCall() throws InterruptedException {
        return calls.take();
    }

    /** Waits while what was written is being removed: that may be why the caller fails, whose end would stop it. */
    void awaitRemoval() {
        ending.acquireUninterruptibly();
    }

    private static void daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void awaitParentEnd(Path work, Path part) {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                calls.add(Integer.parseInt(line));
            }
        } catch (IOException e) {
            // A broken pipe is an end, too.
            calls.clear();
        } finally {
            ending.acquireUninterruptibly();
            remove(work, part);
            Runtime.getRuntime().halt(GONE);
        }
    }

    /** The rendering goes on meanwhile and may add a file. */
    private static void remove(Path work, Path part) {
        for (int i = 0; i < ATTEMPTS && (Files.exists(work) || Files.exists(part)); i++) {
            try {
                Files.deleteIfExists(part);
                WorkFolder.delete(work);
            } catch (IOException e) {
                Thread.onSpinWait();
            }
        }
    }

    private static void awaitTooLarge(long mostBytes) {
        try {
            while (residentKilobytes() * 1024 < mostBytes) {
                Thread.sleep(20);
            }
            Runtime.getRuntime().halt(TOO_LARGE);
        } catch (InterruptedException | IOException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long residentKilobytes() throws IOException {
        List<String> lines = Files.readAllLines(STATUS);
        return lines.stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }
}
