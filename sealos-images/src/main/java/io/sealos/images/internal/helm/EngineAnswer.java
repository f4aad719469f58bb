package io.sealos.images.internal.helm;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sealos.internal.files.AtomicFile;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The result of a call: the output, the refusal of the engine, or the loss of the engine. The bytes of the output are
 * passed between processes unchanged.
 */
final class EngineAnswer {
    private static final int LONGEST_END = 1000;

    private final Outcome outcome;
    private final String version;
    private final byte[] text;

    private EngineAnswer(Outcome outcome, String version, byte[] text) {
        this.outcome = outcome;
        this.version = version;
        this.text = text;
    }

    enum Outcome {
        RENDERED,
        REFUSED,
        LOST
    }

    /** {@return an answer with output in UTF-8} */
    static EngineAnswer rendered(String version, byte[] output) {
        return new EngineAnswer(Outcome.RENDERED, version, output);
    }

    static EngineAnswer refused(String reason) {
        return new EngineAnswer(
                Outcome.REFUSED, "", withoutMiddle(reason.strip()).getBytes(UTF_8));
    }

    /**
     * {@return a shorter reason} A recursive include has a line for each level; the place and the cause are at the two
     * ends.
     */
    private static String withoutMiddle(String reason) {
        return reason.length() <= 2 * LONGEST_END
                ? reason
                : reason.substring(0, LONGEST_END) + " … " + reason.substring(reason.length() - LONGEST_END);
    }

    static EngineAnswer lost(String reason) {
        return new EngineAnswer(Outcome.LOST, "", reason.getBytes(UTF_8));
    }

    Outcome outcome() {
        return outcome;
    }

    /** {@return the Kubernetes version for which the chart was rendered} */
    String version() {
        return version;
    }

    /** {@return the output, or the reason why there is none} */
    String text() {
        return new String(text, UTF_8);
    }

    /** {@return whether the engine refused the chart with a message that contains these words} */
    boolean isRefusalWith(String words) {
        return outcome == Outcome.REFUSED && text().contains(words);
    }

    /** Writes the answer to a file that appears when it is complete. */
    void write(Path file) throws IOException {
        byte[] head = (outcome.name() + " " + version + "\n").getBytes(UTF_8);
        byte[] all = Arrays.copyOf(head, head.length + text.length);
        System.arraycopy(text, 0, all, head.length, text.length);
        AtomicFile.write(file, all);
    }

    static EngineAnswer read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            Outcome outcome = Outcome.valueOf(readUntil(' ', in));
            return new EngineAnswer(outcome, readUntil('\n', in), in.readAllBytes());
        }
    }

    private static String readUntil(char end, InputStream in) throws IOException {
        StringBuilder word = new StringBuilder();
        for (int c = in.read(); c != end; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the answer of the Helm engine ends early");
            }
            word.append((char) c);
        }
        return word.toString();
    }
}
