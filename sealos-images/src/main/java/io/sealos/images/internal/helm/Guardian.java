package io.sealos.images.internal.helm;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;

/**
 * Takes the numbers of the calls from the parent, and ends the child process when the parent is gone. What stands here
 * runs at each start of a child, which is why it is plain: neither lambdas nor streams nor patterns.
 */
final class Guardian {
    static final int TOO_LARGE = 4;
    private static final int GONE = 3;
    private static final int ATTEMPTS = 20;

    private final BlockingQueue<Integer> calls = new LinkedBlockingQueue<>();
    private final Semaphore ending = new Semaphore(1);

    private Guardian() {}

    static Guardian start(Path work, Path cache, long mostBytes) {
        Guardian guardian = new Guardian();
        guardian.watchParent(work, EngineLibrary.part(cache, work));
        MemoryWatch.start(mostBytes);
        return guardian;
    }

    int nextCall() throws InterruptedException {
        return calls.take();
    }

    /** Waits while what was written is being removed: that may be why the caller fails, whose end would stop it. */
    void awaitRemoval() {
        ending.acquireUninterruptibly();
    }

    private void watchParent(Path work, Path part) {
        Thread thread = new Thread("parent-watch") {
            @Override
            public void run() {
                awaitParentEnd(work, part);
            }
        };
        thread.setDaemon(true);
        thread.start();
    }

    private void awaitParentEnd(Path work, Path part) {
        try {
            readCalls(System.in);
        } catch (IOException e) {
            // A broken pipe is an end, too.
            calls.clear();
        } finally {
            ending.acquireUninterruptibly();
            remove(work, part);
            Runtime.getRuntime().halt(GONE);
        }
    }

    private void readCalls(InputStream in) throws IOException {
        int number = 0;
        for (int c = in.read(); c >= 0; c = in.read()) {
            if (c == '\n') {
                calls.add(number);
                number = 0;
            } else {
                number = number * 10 + c - '0';
            }
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
}
