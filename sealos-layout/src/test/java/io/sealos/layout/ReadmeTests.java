package io.sealos.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadmeTests {
    @TempDir
    private Path directory;

    @Test
    void exampleWhenRunFindsNothing() throws IOException {
        StringBuilder out = new StringBuilder();

        runExample(out);

        assertThat(out).hasToString("nothing found\n");
    }

    @Test
    void readmeWhenReadShowsTheExampleOfThisTest() throws IOException {
        String source = Files.readString(Path.of("src/test/java/io/sealos/layout/ReadmeTests.java"));
        Matcher example =
                Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(Path.of("README.md")));

        assertThat(example.find()).isTrue();
        assertThat(source.replaceAll("\\s+", " "))
                .contains(example.group(1).strip().replaceAll("\\s+", " "));
    }

    private void runExample(Appendable out) throws IOException {
        LayoutScaffold.manifests("app").create(directory); // or a directory that is there already
        LayoutReport report = LayoutValidator.standard().validate(directory);
        report.writeTo(out, ReportFormat.TEXT);
        report.orThrow(); // refuses what will go wrong
    }
}
