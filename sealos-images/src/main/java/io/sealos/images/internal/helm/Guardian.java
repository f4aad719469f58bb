package io.sealos.images.internal.helm;

import io.sealos.internal.files.FileTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;

/** Reads the lines of the parent process, and ends the child process when the parent has ended. */
final class Guardian {
    static final int TOO_LARGE = 4;
    private static final int GONE = 3;
    private static final int ATTEMPTS = 20;

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Semaphore ending = new Semaphore(1);

    private Guardian() {}

    /**
     * Starts the guardian.
     *
     * @param part the file that the parent may be writing when it ends
     */
    static Guardian start(Path work, Path part, long mostBytes) {
        Guardian guardian = new Guardian();
        guardian.watchParent(work, part);
        MemoryWatch.start(mostBytes);
        return guardian;
    }

    String nextLine() throws InterruptedException {
        return lines.take();
    }

    /**
     * Loads the native library. The files are not deleted in the meantime, because JNA may create its temporary
     * directory again.
     */
    NativeEngine load(Path library) {
        ending.acquireUninterruptibly();
        try {
            return NativeEngine.load(library);
        } finally {
            ending.release();
        }
    }

    /**
     * Waits while the files are being deleted. The caller may have failed because of that, and its end would stop the
     * deletion.
     */
    void awaitRemoval() {
        ending.acquireUninterruptibly();
    }

    private void watchParent(Path work, Path part) {
        Thread thread = new Thread(() -> awaitParentEnd(work, part), "parent-watch");
        thread.setDaemon(true);
        thread.start();
    }

    private void awaitParentEnd(Path work, Path part) {
        try {
            readLines(System.in);
        } catch (IOException e) {
            // A broken pipe is an end as well.
            lines.clear();
        } finally {
            ending.acquireUninterruptibly();
            remove(work, part);
            Runtime.getRuntime().halt(GONE);
        }
    }

    /** Reads the lines, which are ASCII. */
    private void readLines(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0; c = in.read()) {
            if (c == '\n') {
                lines.add(line.toString());
                line.setLength(0);
            } else {
                line.append((char) c);
            }
        }
    }

    /** Deletes the files. The rendering continues in the meantime, and may add a file. */
    private static void remove(Path work, Path part) {
        for (int i = 0; i < ATTEMPTS && (Files.exists(work) || Files.exists(part)); i++) {
            try {
                Files.deleteIfExists(part);
                FileTree.delete(work);
            } catch (IOException e) {
                Thread.onSpinWait();
            }
        }
    }
}
