package io.sealos.internal.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobPatternTests {
    @ParameterizedTest
    @CsvSource({
        "*.txt, a.txt, true",
        "*.txt, d/a.txt, false",
        "a?c, a/c, false",
        "**, a, true",
        "**, a/b, false",
        "[a-c]x, bx, true",
        "[^a-c]x, bx, false",
        "[!b]x, !x, true",
        "[]a]x, ]x, error",
        "'[\\]a]x', ]x, true",
        "'[a\\-c]x', bx, false",
        "[a-], a, error",
        "[b-a]x, ax, false",
        "'a\\', a, error",
        "'\\*', *, true",
        "a], a], true",
        "'?', 😀, true",
        "*[^😀], 😀, false"
    })
    void matchesNamesAsGoDoes(String pattern, String name, String expected) {
        if (expected.equals("error")) {
            assertThatThrownBy(() -> GlobPattern.ofName(pattern)).isInstanceOf(IllegalArgumentException.class);
        } else {
            assertThat(GlobPattern.ofName(pattern).matches(name)).isEqualTo(Boolean.parseBoolean(expected));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "a, a/b/c, true",
        "**/dir, x/y/dir/f, true",
        "**/dir, dir, true",
        "a/**/b, a/b, true",
        "a/**/b, a/x/y/b/c, true",
        "a/**/b, a/xb, false",
        "a/**, a, false",
        "a/**, a/b/c, true",
        "a**, abc/d, true",
        "a**b, ab, true",
        "a**b, axb, false",
        "a**b, ax/b, true",
        "***/a, a, false",
        "***/a, b/c/a, true",
        "**/*.d, etc/conf.d/sub/file, true",
        "a[^x]b, a/b, true",
        "(c)+, (c)+, true"
    })
    void matchesPathsAndWhatIsBelowAsContainersStorageDoes(String pattern, String path, boolean expected) {
        assertThat(GlobPattern.ofIgnoreFile(pattern).matches(path)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "a*z, a/b/z, true",
        "?, /, true",
        "[!ab], c, true",
        "[!ab], a, false",
        "[]a], ], true",
        "[!]a], ], false",
        "[ab, '[ab', true",
        "'a\\', 'a\\', true",
        "'\\*', x, false",
        "'', '', true",
        "'', a, false"
    })
    void matchesTextsAsAShellDoes(String pattern, String text, boolean expected) {
        assertThat(GlobPattern.ofShell(pattern).matches(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "a*", "?a*", "[ab]*", "[^c]*a", "**", "**/a"})
    void matchesInBoundedTimeWhenPatternRepeats(String part) {
        String pattern = part.repeat(3_000 / part.length()) + "b";
        String text = "a".repeat(3_000) + "c";
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            assertThat(GlobPattern.ofName(pattern).matches(text)).isFalse();
            assertThat(GlobPattern.ofIgnoreFile(pattern).matches(text)).isFalse();
            assertThat(GlobPattern.ofShell(pattern).matches(text)).isFalse();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "[[", "[a", "[]", "\\"})
    void readsInBoundedTimeWhenBracketsNeverClose(String part) {
        String pattern = part.repeat(500_000);
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(5), () -> GlobPattern.ofShell(pattern).matches(pattern));
    }

    /** Go's regular expression of a pattern, which Java matches slowly and rightly. */
    @Test
    void matchesAsTheRegularExpressionOfContainersStorageWhenRandom() {
        Random random = new Random(1);
        String[] parts = {"a", "b", "/", "*", "**", "?", "[ab]", "[^a]", "\n", "\\*", "**/", "é"};
        for (int round = 0; round < 50_000; round++) {
            String pattern = random(random, parts, 6);
            String path = random(random, new String[] {"a", "b", "/", "\n", "*", "é"}, 8);
            assertThat(GlobPattern.ofIgnoreFile(pattern).matches(path))
                    .as("%s on %s", pattern, path)
                    .isEqualTo(Pattern.compile(regex(pattern)).matcher(path).matches());
        }
    }

    private static String random(Random random, String[] parts, int most) {
        StringBuilder text = new StringBuilder();
        for (int count = random.nextInt(most + 1); count > 0; count--) {
            text.append(parts[random.nextInt(parts.length)]);
        }
        return text.toString();
    }

    private static String regex(String pattern) {
        StringBuilder regex = new StringBuilder("(?d)");
        for (int at = 0; at < pattern.length(); at++) {
            char c = pattern.charAt(at);
            if (pattern.startsWith("**", at)) {
                at += pattern.startsWith("**/", at) ? 2 : 1;
                regex.append(at + 1 == pattern.length() ? ".*" : "(.*/)?");
            } else if (c == '*' || c == '?') {
                regex.append(c == '*' ? "[^/]*" : "[^/]");
            } else if (c == '\\') {
                regex.append(c).append(pattern.charAt(++at));
            } else {
                regex.append(c);
            }
        }
        return regex + "(/.*)?";
    }
}
