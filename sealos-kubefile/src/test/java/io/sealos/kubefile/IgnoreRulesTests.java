package io.sealos.kubefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IgnoreRulesTests {
    @ParameterizedTest
    @CsvSource({
        "*.log, b.log, true",
        "*.log, d/b.log, false",
        "**/*.log, d/b.log, true",
        "**/*.log, b.log, true",
        "d, d/x/y, true",
        "/d/, d, true",
        "d/*, d, false",
        "d/**, d/x/y, true",
        "?.txt, a.txt, true",
        "[bk]*.log, keep.log, true",
        "a.txt, aatxt, false",
        "'./d/../b', b, true",
        "../x, x, false",
        "'**/sub', d/sub, true",
        "'**/sub', a/b/sub/c/d, true",
        "' a ', a, true",
        "' /a', a, false",
        "'! a', a, false",
        "./!a, a, false",
        "'[\\]a]', ], true",
        "a//b/, a/b/c, true",
        ".., .., true",
        "., a, false",
        "'﻿a', a, true",
        "'﻿!a', !a, true"
    })
    void excludesAsBuildahDoesWhenOnePattern(String pattern, String path, boolean excluded) {
        assertThat(IgnoreRules.parse(pattern).isExcluded(path)).isEqualTo(excluded);
    }

    @Test
    void takesExclusionBackWhenPatternHasExclamation() {
        IgnoreRules rules = IgnoreRules.parse("# all\n*\n!d/sub\r\n\n!keep\n");
        assertThat(rules.isExcluded("x")).isTrue();
        assertThat(rules.isExcluded("keep")).isFalse();
        assertThat(rules.isExcluded("d")).isTrue();
        assertThat(rules.mayIncludeBelow("d")).isTrue();
        assertThat(rules.isExcluded("d/sub/f")).isFalse();
        assertThat(rules.mayIncludeBelow("e")).isFalse();
    }

    @Test
    void namesFileAndLineWhenPatternIsMalformed() {
        assertThatThrownBy(() -> IgnoreRules.parse("ok\na["))
                .isInstanceOf(IgnoreSyntaxException.class)
                .hasMessage("ignore file:2: malformed pattern 'a['; close each '[' with ']', and put a '\\' before each"
                        + " '[' that stands for itself and before each '-' and ']' between the two");
        assertThatThrownBy(() -> IgnoreRules.parse("a\\\r"))
                .hasMessage("ignore file:1: malformed pattern 'a\\'; put a character after the '\\' at the end");
        assertThatThrownBy(() -> IgnoreRules.parse("a\n\n ! "))
                .hasMessage("ignore file:3: malformed pattern '!'; put a pattern after the '!'");
        assertThatThrownBy(() -> IgnoreRules.parse("[b-a]"))
                .hasMessage("ignore file:1: malformed pattern '[b-a]'; put the lower end of a range in '[' and ']'"
                        + " first");
    }

    @Test
    void takesTheLastPatternWhenSeveralMatch() {
        IgnoreRules rules = IgnoreRules.parse("a/**\n!a/b\na/b/c\n");
        assertThat(rules.isExcluded("a/x")).isTrue();
        assertThat(rules.isExcluded("a/b/x")).isFalse();
        assertThat(rules.isExcluded("a/b/c/d")).isTrue();
    }

    @Test
    void looksIntoAnExcludedSourceWhenALiteralPatternBeginsWithItsPath() {
        IgnoreRules rules = IgnoreRules.parse("d\n!d*/x\n");
        assertThat(rules.mayIncludeBelow("d")).isTrue();
        assertThat(rules.mayIncludeInSource("d")).isFalse();
        assertThat(IgnoreRules.parse("d\n!d/x\n").mayIncludeInSource("d")).isTrue();
    }

    @Test
    void refusesPatternsWhenThereAreTooMany() {
        assertThatThrownBy(() -> IgnoreRules.parse("a\n".repeat(10_001)))
                .isInstanceOf(IgnoreSyntaxException.class)
                .hasMessage("ignore file:10001: there are more than 10000 patterns; name directories and use wildcards"
                        + " instead of single files");
    }

    @Test
    void endsAtALimitWhenTheFileIsHuge(@TempDir Path context) throws IOException {
        Path file = context.resolve(".dockerignore");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(1L << 40);
        }
        assertThatThrownBy(() -> IgnoreRules.load(context, context.resolve("Kubefile")))
                .isInstanceOf(FileSystemException.class)
                .hasMessage(file + ": is larger than 1048576 bytes; name directories and use wildcards instead of"
                        + " single files");
    }

    @Test
    void followsLinksInsideTheContextOnly(@TempDir Path directory) throws IOException {
        Path context = Files.createDirectory(directory.resolve("context"));
        Files.writeString(directory.resolve("outside"), "a\n");
        Path link = Files.createSymbolicLink(context.resolve(".dockerignore"), Path.of("../outside"));
        assertThat(load(context).isExcluded("a")).isFalse();
        Files.writeString(context.resolve("outside"), "b\n");
        assertThat(load(context).isExcluded("b")).isTrue();
        Files.delete(link);
        Files.createSymbolicLink(link, Path.of("/lists/one"));
        Files.createDirectory(context.resolve("lists"));
        Files.writeString(context.resolve("lists/one"), "c\n");
        assertThat(load(context).isExcluded("c")).isTrue();
    }

    @Test
    void refusesTheIgnoreFileWhenItIsADirectoryOrALoop(@TempDir Path context) throws IOException {
        Path file = Files.createDirectory(context.resolve(".containerignore"));
        assertThatThrownBy(() -> load(context))
                .hasMessage(file + ": is not a regular file; replace it with a file of patterns, or remove it");
        Files.delete(file);
        Files.createSymbolicLink(file, Path.of(".containerignore"));
        assertThatThrownBy(() -> load(context)).isInstanceOf(FileSystemLoopException.class);
    }

    @Test
    void readsTheFirstOwnFileWhenThereAreSeveralBuildFiles(@TempDir Path context) throws IOException {
        Files.writeString(context.resolve(".containerignore"), "a\n");
        Files.writeString(context.resolve("Dockerfile.containerignore"), "b\n");
        IgnoreRules rules =
                IgnoreRules.load(context, List.of(context.resolve("Kubefile"), context.resolve("Dockerfile")));
        assertThat(rules.isExcluded("a")).isFalse();
        assertThat(rules.isExcluded("b")).isTrue();
    }

    @Test
    void matchesInBoundedTimeWhenThePatternHasManyStars() {
        IgnoreRules rules = IgnoreRules.parse("*a".repeat(10) + "b");
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(2),
                () -> assertThat(rules.isExcluded("a".repeat(40))).isFalse());
    }

    private static IgnoreRules load(Path context) throws IOException {
        return IgnoreRules.load(context, context.resolve("Kubefile"));
    }

    @Test
    void readsTheMostSpecificFileWhenThereAreSeveral(@TempDir Path context) throws IOException {
        Path kubefile = context.resolve("Kubefile");
        assertThat(IgnoreRules.load(context, kubefile).isExcluded("a")).isFalse();
        Files.writeString(context.resolve(".dockerignore"), "a\n");
        assertThat(IgnoreRules.load(context, kubefile).isExcluded("a")).isTrue();
        Files.writeString(context.resolve(".containerignore"), "b\n");
        assertThat(IgnoreRules.load(context, kubefile).isExcluded("b")).isTrue();
        Files.writeString(context.resolve("Kubefile.dockerignore"), "c\n");
        assertThat(IgnoreRules.load(context, kubefile).isExcluded("c")).isTrue();
        assertThat(IgnoreRules.load(context, kubefile).isExcluded("a")).isFalse();
    }

    @Test
    void findsEveryBuildFileWhenThereAreSeveral(@TempDir Path context) throws IOException {
        Files.writeString(context.resolve("Dockerfile"), "FROM scratch\n");
        Files.writeString(context.resolve("Kubefile"), "FROM scratch\n");
        assertThat(BuildFiles.find(context))
                .containsExactly(context.resolve("Kubefile"), context.resolve("Dockerfile"));
    }
}
