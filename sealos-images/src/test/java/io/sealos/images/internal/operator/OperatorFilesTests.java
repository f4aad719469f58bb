package io.sealos.images.internal.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealos.images.internal.yaml.YamlNode;
import io.sealos.images.internal.yaml.YamlTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that the library's own files say where their facts come from. */
class OperatorFilesTests {
    private static final String DIRECTORY = "/io/sealos/images/operators/";

    private static String text(String name) throws IOException {
        try (InputStream in = OperatorFilesTests.class.getResourceAsStream(DIRECTORY + name)) {
            assertThat(in).as(name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<String> names() throws IOException {
        return text("index.txt").lines().toList();
    }

    @Test
    void listsFilesInOrderWhenIndexIsRead() throws IOException {
        assertThat(names()).isSorted().doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("names")
    void hasSourcesWhenFileIsOurs(String name) throws Exception {
        Operator operator = OperatorReader.read(text(name + ".yaml"));
        YamlNode root = Objects.requireNonNull(YamlTree.parse(text(name + ".yaml"), 1));

        assertThat(operator.name()).isEqualTo(name);
        assertThat(root.textOf("repository")).startsWith("https://");
        for (YamlNode fact : items(root, "facts")) {
            assertThat(items(fact, "sources")).as(fact.textOf("name")).isNotEmpty();
        }
        for (YamlNode release : items(root, "releases")) {
            assertThat(release.textOf("commit")).as(release.textOf("version")).matches("[0-9a-f]{40}");
            assertThat(release.get("before")).as(release.textOf("version")).isNull();
        }
    }

    private static List<YamlNode> items(YamlNode node, String key) {
        YamlNode list = node.get(key);
        return list == null ? List.of() : list.items();
    }

    @ParameterizedTest
    @MethodSource("names")
    void isInReadmeWhenFileIsOurs(String name) throws Exception {
        Operator operator = OperatorReader.read(text(name + ".yaml"));
        String readme = Files.readString(Path.of("README.md"));

        assertThat(readme.lines().filter(it -> it.startsWith("| `" + name + "` |")))
                .singleElement()
                .asString()
                .endsWith("| " + operator.covered() + " |");
    }
}
