package io.sealos.images.internal.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealos.images.internal.yaml.YamlNode;
import io.sealos.images.internal.yaml.YamlTree;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldQueryTests {
    private static final String OBJECT = """
            spec:
              version: 1.2
              parts: [{name: web, image: a}, {name: db, image: b}, {image: c}]
              words: [x, y]
              a.b: dotted
            data:
              one.yaml: |
                registry: r1
                deep: {list: [1, 2]}
              two.yaml: "registry: r2"
              three: "registry: ["
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "spec.version | 1.2",
                "spec.parts[*].image | a,b,c",
                "spec.parts[1].image | b",
                "spec.parts[name=web].image | a",
                "spec.words[*] | x,y",
                "spec.words[7] | ''",
                "spec.a\\.b | dotted",
                "data.one\\.yaml.registry | r1",
                "data.*.registry | r1,r2",
                "data.one\\.yaml.deep.list[1] | 2",
                "spec.version.more | ''",
                "spec.none | ''",
            })
    void findsFieldsWhenPathLeadsToThem(String path, String texts) throws Exception {
        YamlNode object = Objects.requireNonNull(YamlTree.parse(OBJECT, 1));

        List<String> found = FieldQuery.parse(path).orElseThrow().find(object).stream()
                .map(YamlNode::text)
                .toList();

        assertThat(String.join(",", found)).isEqualTo(texts);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", ".a", "a.", "a..b", "a[", "a[]", "a]", "a[=b]", "a[b=]", "a[*]b", "a[1"})
    void refusesPathWhenItIsMalformed(String path) {
        assertThat(FieldQuery.parse(path)).isEmpty();
    }

    @Test
    void endsWhenAliasesMultiplyBelowWildcards() throws Exception {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            bomb.append("a%d: &a%d [".formatted(i, i))
                    .append("*a%d, ".formatted(i - 1).repeat(10))
                    .append("]\n");
        }
        YamlNode object = Objects.requireNonNull(YamlTree.parse(bomb.toString(), 1));

        assertThat(FieldQuery.parse("a11" + "[*]".repeat(11) + ".none")
                        .orElseThrow()
                        .find(object))
                .isEmpty();
        assertThat(FieldQuery.parse("a11" + "[*]".repeat(12)).orElseThrow().find(object))
                .hasSize(100);
    }
}
