package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds what the documents and the BOM say about the dependencies of a consumer. */
class DependenciesTests {
    /** Written by Maven before the tests: the dependencies of the module, with those of its dependencies. */
    private static final Path RESOLVED = Path.of("target", "dependencies.txt");

    private static final Pattern RESOLVED_JAR =
            Pattern.compile("^([| +\\\\-]*)([\\w.-]+):([\\w.-]+):jar:([\\w.-]+):(?:compile|runtime)$");

    private static final Pattern TREE = Pattern.compile("## Dependencies\n.*?```text\n(.*?)```", Pattern.DOTALL);

    @Test
    void readmeNamesWhatAConsumerGets() throws IOException {
        List<String> expected = new ArrayList<>();
        long sum = 0;
        for (String line : withoutOptional(Files.readAllLines(RESOLVED))) {
            Matcher jar = RESOLVED_JAR.matcher(line);
            if (jar.matches() && !jar.group(2).equals("io.sealos")) {
                long size = Files.size(jar(jar.group(3) + "-" + jar.group(4) + ".jar"));
                sum += size;
                expected.add(line(jar.group(1) + jar.group(2) + ":" + jar.group(3), size));
            } else {
                expected.add(line.replaceFirst(":jar:.*", ""));
            }
        }
        expected.add(line("all", sum));

        Matcher readme = TREE.matcher(Files.readString(Path.of("..", "README.md")));

        assertThat(readme.find()).isTrue();
        assertThat(readme.group(1).lines()).containsExactlyElementsOf(expected);
    }

    /** Returns the lines without the optional dependencies and what these bring. */
    private static List<String> withoutOptional(List<String> tree) {
        List<String> lines = new ArrayList<>();
        int optional = Integer.MAX_VALUE;
        for (String line : tree) {
            int depth = line.replaceFirst("[a-z].*", "").length();
            if (depth > optional) {
                continue;
            }
            optional = line.endsWith("(optional)") ? depth : Integer.MAX_VALUE;
            if (optional == Integer.MAX_VALUE) {
                lines.add(line);
            }
        }
        return lines;
    }

    private static String line(String start, long size) {
        return String.format(Locale.ROOT, "%-62s%5.1f MB", start, size / 1_000_000.0);
    }

    private static Path jar(String name) {
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (Path.of(entry).endsWith(name)) {
                return Path.of(entry);
            }
        }
        throw new AssertionError(name + " is not on the class path of the tests");
    }

    @Test
    void bomManagesTheVersionOfTheParent() throws IOException {
        assertThat(version("../sealos-bom/pom.xml", "<artifactId>commons-compress</artifactId>.*?<version>([^<]*)"))
                .isEqualTo(version("../pom.xml", "<commons-compress.version>([^<]*)"));
    }

    private static String version(String file, String pattern) throws IOException {
        return Pattern.compile(pattern, Pattern.DOTALL)
                .matcher(Files.readString(Path.of(file)))
                .results()
                .map((MatchResult found) -> found.group(1))
                .findFirst()
                .orElseThrow();
    }
}
