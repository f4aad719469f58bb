package io.sealos.images;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Cases in a resource: {@code === id}, {@code => outcome}, and files that begin with {@code --- path option}. */
final class RecordedCases {
    private RecordedCases() {}

    /** Returns the id, the outcome and the files of each case. */
    static Stream<Arguments> read(String resource) throws IOException {
        try (InputStream in = RecordedCases.class.getResourceAsStream(resource)) {
            String text = new String(Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(text.split("(?m)^=== ", -1)).skip(1).map(one -> {
                String[] parts = one.split("\n=> |\n", 3);
                return Arguments.of(parts[0], parts[1], parts[2]);
            });
        }
    }

    /** Receives a file: its path and options, and its text. */
    interface Writing {
        void file(String[] name, String text) throws IOException;
    }

    static void write(String files, Writing writing) throws IOException {
        for (String file : files.split("(?m)^--- ", -1)) {
            if (!file.isEmpty()) {
                int end = file.indexOf('\n');
                writing.file(file.substring(0, end).split(" ", -1), file.substring(end + 1));
            }
        }
    }
}
