package io.sealos.images.internal.helm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** What came of a call: an output, the engine's refusal, or the loss of the engine. */
record EngineAnswer(Outcome outcome, String version, String text) {
    private static final int LONGEST_END = 1000;

    enum Outcome {
        RENDERED,
        REFUSED,
        LOST
    }

    static EngineAnswer rendered(String version, String output) {
        return new EngineAnswer(Outcome.RENDERED, version, output);
    }

    static EngineAnswer refused(String reason) {
        return new EngineAnswer(Outcome.REFUSED, "", withoutMiddle(reason.strip()));
    }

    /** Includes that were entered a thousand times each have their line; where and what stand at the ends. */
    private static String withoutMiddle(String reason) {
        return reason.length() <= 2 * LONGEST_END
                ? reason
                : reason.substring(0, LONGEST_END) + " … " + reason.substring(reason.length() - LONGEST_END);
    }

    static EngineAnswer lost(String reason) {
        return new EngineAnswer(Outcome.LOST, "", reason);
    }

    /** Whether the engine refused with these words. */
    boolean isRefusalWith(String words) {
        return outcome == Outcome.REFUSED && text.contains(words);
    }

    /** The file appears whole. */
    void write(Path file) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(part, outcome + " " + version + "\n" + text);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }

    static EngineAnswer read(Path file) throws IOException {
        String[] lines = Files.readString(file).split("\n", 2);
        String[] words = lines[0].split(" ", 2);
        return new EngineAnswer(Outcome.valueOf(words[0]), words[1], lines[1]);
    }
}
