package io.sealos.kubefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        "'**/sub', d/sub, true"
    })
    void excludesAsMobyDoesWhenOnePattern(String pattern, String path, boolean excluded) {
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
                .hasMessage("ignore file:2: malformed pattern a[; close each [, and escape a literal one as \\[");
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
