package io.sealos.oci.internal.credential;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The output of a process. A thread of its own reads it until the process ends, so the process is not blocked by a full
 * pipe. It reads only available bytes, because a descendant of the process may keep the output open.
 */
final class ProcessOutput {
    private static final int BUFFER = 1 << 12;
    private static final long PAUSE_MILLIS = 2;

    private final Process process;
    private final InputStream output;
    private final int limit;
    private final Thread thread = new Thread(this::read, "sealos-credential-helper");
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private ProcessOutput(Process process, InputStream output, int limit) {
        this.process = process;
        this.output = output;
        this.limit = limit;
    }

    /** Starts to read the output of a process, and keeps bytes up to the limit. */
    static ProcessOutput of(Process process, InputStream output, int limit) {
        ProcessOutput read = new ProcessOutput(process, output, limit);
        read.thread.setDaemon(true);
        read.thread.start();
        return read;
    }

    /**
     * Returns the output of a process that has ended, or the output so far if reading takes longer than the given time.
     */
    String text(Duration time) throws InterruptedException {
        thread.join(time.toMillis());
        synchronized (bytes) {
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }

    private void read() {
        try {
            boolean alive;
            do {
                alive = !process.waitFor(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
                readAvailable();
            } while (alive);
        } catch (IOException | InterruptedException e) {
            return; // The process was ended. Its output up to that point is kept.
        }
    }

    private void readAvailable() throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int there = output.available(); there > 0; there = output.available()) {
            int read = output.read(buffer, 0, Math.min(there, buffer.length));
            synchronized (bytes) {
                bytes.write(buffer, 0, Math.max(0, Math.min(read, limit - bytes.size())));
            }
        }
    }
}
