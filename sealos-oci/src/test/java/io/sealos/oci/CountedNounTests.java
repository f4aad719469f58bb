package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Holds that a number and its noun are worded by {@code Count}, so that no message says "1 images". Limits are
 * constants above 1, and after "of" or "than" the noun is always in the plural.
 */
class CountedNounTests {
    private static final Pattern COUNTED = Pattern.compile(
            "(?<before>\\b(?:of|than) \" \\+ )?\\b(?<number>[A-Za-z][\\w.]{0,60}(?:\\(\\))?(?:\\.\\w{1,40}\\(\\))?)\\s{0,40}\\+ \" "
                    + "(?:images|problems|gaps|findings|documents|blobs|layers|files|entries|repositories|mismatches"
                    + "|diffIDs|digests|artifacts|commands|charts|switches|directories|parts|platforms)\\b");
    private static final Pattern LIMIT = Pattern.compile("[A-Z_]{2,60}|\\w{1,40}\\.[A-Z_]{2,60}|most|limit");

    @ParameterizedTest
    @ValueSource(strings = {"kubefile", "images", "layout", "oci"})
    void messagesWhenTheyCountWordNumberAndNounTogether(String module) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("../sealos-" + module + "/src/main/java"))) {
            for (Path file : files.filter(it -> it.toString().endsWith(".java")).toList()) {
                Matcher counted = COUNTED.matcher(Files.readString(file));
                while (counted.find()) {
                    boolean plural = counted.group("before") != null
                            || LIMIT.matcher(counted.group("number")).matches();
                    if (!plural) {
                        found.add(file.getFileName() + ": " + counted.group());
                    }
                }
            }
        }
        assertThat(found).isEmpty();
    }
}
