package io.sealos.images.internal.helm;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Ends the child process when the engine takes too much memory, which Java does not limit. Works on Linux only. */
final class MemoryWatch extends Thread {
    private static final File STATUS = new File("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";

    private final long mostBytes;

    private MemoryWatch(long mostBytes) {
        super("memory-watch");
        this.mostBytes = mostBytes;
        setDaemon(true);
    }

    static void start(long mostBytes) {
        if (STATUS.canRead()) {
            new MemoryWatch(mostBytes).start();
        }
    }

    @Override
    public void run() {
        try {
            while (residentKilobytes() * 1024 < mostBytes) {
                Thread.sleep(20);
            }
            Runtime.getRuntime().halt(Guardian.TOO_LARGE);
        } catch (InterruptedException | IOException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long residentKilobytes() throws IOException {
        String status;
        try (InputStream in = new FileInputStream(STATUS)) {
            status = new String(in.readAllBytes(), US_ASCII);
        }
        int at = status.indexOf(RESIDENT);
        return at < 0 ? 0 : number(status, at + RESIDENT.length());
    }

    /** {@return the number after the spaces at this index} */
    private static long number(String text, int from) {
        int i = from;
        while (!isDigit(text.charAt(i))) {
            i++;
        }
        long number = 0;
        for (; isDigit(text.charAt(i)); i++) {
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
