package io.sealos.oci.internal.credential;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The output of a process, read on a thread of its own until the process ends, so that one that writes much is not held
 * up. Only what is there is read: a process that was left behind may keep the output open for ever.
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

    /** Begins to read, and keeps as many bytes as the limit says. */
    static ProcessOutput of(Process process, InputStream output, int limit) {
        ProcessOutput read = new ProcessOutput(process, output, limit);
        read.thread.setDaemon(true);
        read.thread.start();
        return read;
    }

    /** Returns the whole output of a process that has ended, or the output so far if reading it takes longer. */
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
            return; // The process was ended; what it has written until then counts.
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
