package io.sealos.images.internal.helm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Ends the child process when its parent is gone or when the engine, whose memory Java does not bound, takes too much.
 */
final class Guardian {
    static final long MOST_KILOBYTES = 2_000_000;
    private static final int GONE = 3;
    static final int TOO_LARGE = 4;
    private static final Path STATUS = Path.of("/proc/self/status");

    private Guardian() {}

    static void start(Path work) {
        daemon("parent-watch", () -> awaitParentEnd(work));
        if (Files.isReadable(STATUS)) {
            daemon("memory-watch", Guardian::awaitTooLarge);
        }
    }

    private static void daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void awaitParentEnd(Path work) {
        try {
            while (System.in.read() >= 0) {}
            WorkFolder.delete(work);
        } catch (IOException e) {
            // A broken pipe is an end, too; nobody is left to be told.
            Runtime.getRuntime().halt(GONE);
        }
        Runtime.getRuntime().halt(GONE);
    }

    private static void awaitTooLarge() {
        try {
            while (residentKilobytes() < MOST_KILOBYTES) {
                Thread.sleep(50);
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
