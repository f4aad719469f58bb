package io.sealos.images.internal.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeparatingTabsTests {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiter = '=',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "a:\\tb=a: b",
                "a:\\t\"b\"\\t# c=a: \"b\" # c",
                "- a:\\t\\tb\\t=- a:  b ",
                "a: {b:\\tc}=a: {b: c}",
                "a:\\t|\\n\\tx=a: |\\n\\tx",
                "- a:\\t|-\\n    x\\ty:\\tz\\n  b:\\tc=- a: |-\\n    x\\ty:\\tz\\n  b: c",
                "-\\t- a=-\\t- a",
                "- |\\n  x:\\ty\\nb:\\tc=- |\\n  x:\\ty\\nb: c",
                "---\\t# c\\na:\\tb=--- # c\\na: b",
                "a:\\t'it''s:\\tx'\\t=a: 'it''s:\\tx' ",
                "a: \"x\\\\\":\\ty\\nz:\\tq\"\\nb:\\tc=a: \"x\\\\\":\\ty\\nz:\\tq\"\\nb: c",
                "a: it's x\\nb:\\tc=a: it's x\\nb: c",
                "a: b\\tc=a: b\\tc",
                "a: b#\\tc=a: b#\\tc",
                "# a:\\tb=# a:\\tb",
                "a:\\n\\tb: c=a:\\n\\tb: c",
            })
    void replacesTabsOnlyWhereTheySeparate(String text, String replaced) {
        assertThat(SeparatingTabs.replaced(unescaped(text))).isEqualTo(unescaped(replaced));
    }

    private static String unescaped(String text) {
        return text.replace("\\\\", "\u0000")
                .replace("\\n", "\n")
                .replace("\\t", "\t")
                .replace("\u0000", "\\");
    }

    @Test
    void readsValueAndPlaceWhenTabStandsBeforeIt() throws Exception {
        YamlNode root = Objects.requireNonNull(YamlTree.parse("image:\tx\t\nb:\t'y'\t# z\n", 1));
        YamlNode image = Objects.requireNonNull(root.get("image"));
        assertThat(image.text()).isEqualTo("x");
        assertThat(image.line()).isEqualTo(1);
        assertThat(image.column()).isEqualTo(8);
        assertThat(root.textOf("b")).isEqualTo("y");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:\n\tb: c\n", "a:\n  b: c\n\td: e\n", "\ta: b\n", "-\ta: b\n  c: d\n"})
    void refusesTabWhenItIndents(String text) {
        assertThatThrownBy(() -> YamlTree.parse(text, 1))
                .isInstanceOf(YamlFormatException.class)
                .hasMessageContaining("'\\t(TAB)' that cannot start any token");
    }

    @Test
    void keepsEveryOtherCharacterWhenTextIsRandom() {
        Random random = new Random(3);
        String characters = "ab:-#'\"[]{}|>\\\t\t\t  \n\n,";
        for (int i = 0; i < 50_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(40); length > 0; length--) {
                text.append(characters.charAt(random.nextInt(characters.length())));
            }
            String replaced = SeparatingTabs.replaced(text.toString());
            assertThat(replaced.replace('\t', ' ')).isEqualTo(text.toString().replace('\t', ' '));
        }
    }
}
