package io.sealos.images.internal.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.sealos.images.internal.yaml.YamlNode.Place;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that the fast reader returns the same documents and places as the complete parser. */
class CommonYamlTests {
    private static final List<String> PIECES = List.of(
            "a",
            "key",
            "image",
            ":",
            ": ",
            ":\n",
            "\n",
            "\n\n",
            "\n  ",
            "\n    ",
            " ",
            "  ",
            "- ",
            "-",
            "- a: ",
            "#",
            " # c",
            "\"",
            "'",
            "\"x y\"",
            "\"x\n   y\"",
            ": \"x \\\n  ",
            ": 'x\n\n  ",
            "\\\n",
            "\\ ",
            "'it''s'",
            "{",
            "}",
            "[",
            "]",
            ",",
            ", ",
            "{a: b}",
            "[1, x]",
            "|",
            "|-\n",
            "|+\n",
            ": |\n",
            ">",
            "&a ",
            "*a",
            "!t ",
            "?",
            "<<: ",
            "%",
            "@",
            "---\n",
            "...\n",
            "\t",
            "\\n",
            "\\u00e9",
            "quay.io/a/b:1",
            "--x=y",
            "é",
            "’ ",
            "\u2003",
            "~",
            "null",
            "b: 1\n",
            "  c: 2\n",
            "- d\n",
            "\\\"",
            "\\'",
            "\"<<\": ",
            "\\u066100",
            "//",
            "1.5",
            "\r\n");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: 1\nb: {c: d, e: [f, 'g', \"h\"]}\n",
                "---\n# c\na:\n- b: 1\n  c: x # y\n-  d\n- - e\n  -\n- \nf:\n",
                "a: |\n  x\n\n    y\n  \nb: |-\n    \n    z\nc: |+\n  q\n\n\nd: e\n",
                "a: first\n  second\n\n  third\nb:\n  alone\n",
                "\"k 1\": v\n'k''2' : \"a\\n\\\"\\u00e9\"\nx:  spaced out  \n",
                "{\"a\": [\n{\"b\":\"c\", \"d\" : null}\n], \"e\": {}}\n",
                "args: [\"--x=y\", -z, http://a:80/b]\ncmd:\n  - --a=b:c\n  - -1\n",
                "- |\n  x\n- a:\n    - b\n",
                "a: \"x\\\n  \\ y\\ \n  z\\ \\\n  w\\\\ \n  v\"\n",
                "a: “it’s”… – \u200b\nb: c\n",
                "a: \"x  \n  y # z\n\n \n  w\\n \\\n   v\\\\\n  # u\\\n\n  t\" # c\nb: 'it''s \n  ''two''\n\n  lines'\nc: d\n",
                "a:\n  - b: \"\n      c\n      \"\n    d:\n      'e\n       f'\n",
            })
    void readsTheSameAsTheParserWhenYamlIsCommon(String text) throws Exception {
        assertThat(common(text)).isEqualTo(any(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"", "'"})
    void readsInTimeWhenQuotedTextHasVeryManyLines(String quote) {
        String text = "a: " + quote + " x\n".repeat(2_000_000) + " " + quote + "\n# " + "y".repeat(1_000_000);

        String read = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> common(text));
        assertThat(read).contains("x ".repeat(2_000_000)).doesNotContain("y");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a: &x 1\n",
                "a: *x\n",
                "<<: {a: b}\n",
                "a: >\n  b\n",
                "a: !t b\n",
                "? a\n: b\n",
                "a: b: c\n",
                "a: 'b\n",
                "a: 'b\n  c\n",
                "a: 'b\nc'\n",
                "a: \"b\t\n  c\"\n",
                "a: \"b\n  \tc\"\n",
                "a: \"b\n  c\" d\n",
                "'a\n  b': c\n",
                "a: b\n---\nc: d\n",
                "a: b\n  c: d\n",
                "a: \tb\n",
                "\ta: b\n",
                "a: b\r\n",
                "a: {b: c\n",
                "a: b\n...\n",
                "[a, b]: c\n",
                "{a: b}}\n",
                "a: |2\n   b\n",
                "%YAML 1.2\n---\na: b\n",
                "plain\n",
                "a: \"b\" c\n",
                "a: \"b\\'c\"\n",
                "a: \"\\u٠٠٦١\"\n",
                "\"<<\": {a: b}\n",
                "a: [b, , c]\n",
                "a:\n  - b\n c: d\n",
                "🙂: a\n",
            })
    void leavesToTheParserWhenYamlIsUnusual(String text) {
        assertThatThrownBy(() -> common(text)).isInstanceOf(UnusualYamlException.class);
    }

    @Test
    void readsTheSameAsTheParserWhenTextIsRandom() throws Exception {
        Random random = new Random(7);
        int read = 0;
        for (int i = 0; i < 200_000; i++) {
            String text = text(random);
            String common = commonOrNull(text);
            if (common != null) {
                assertThat(common).as(text).isEqualTo(any(text));
                read++;
            }
        }
        assertThat(read).isGreaterThan(5_000);
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder(random.nextBoolean() ? "a: " : "");
        int pieces = 1 + random.nextInt(12);
        for (int i = 0; i < pieces; i++) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.append(random.nextInt(4) == 0 ? "" : "\n").toString();
    }

    private static @Nullable String commonOrNull(String text) throws YamlFormatException {
        try {
            return common(text);
        } catch (UnusualYamlException e) {
            return null;
        }
    }

    private static String common(String text) throws UnusualYamlException, YamlFormatException {
        return shown(CommonYaml.read(text, new Place(5, 3), new TreeLimits()));
    }

    /** A mistake is no text that a tree is shown as. */
    private static String any(String text) {
        try {
            YamlNode root = YamlTree.parseAny(text, new Place(5, 3));
            return root == null ? "nothing" : shown(root);
        } catch (YamlFormatException e) {
            return "line " + e.line() + " " + e.getMessage();
        }
    }

    private static String shown(YamlNode node) {
        StringJoiner shown = new StringJoiner(", ", node.kind() + "(", ")");
        shown.add(node.line() + ":" + node.column());
        if (node.isScalar()) {
            shown.add("'" + node.text() + "' " + node.isPlain() + " " + node.placeOf(0));
        }
        node.entries().forEach(it -> shown.add(it.key() + "=" + shown(it.value())));
        node.items().forEach(it -> shown.add(shown(it)));
        return shown.toString();
    }
}
