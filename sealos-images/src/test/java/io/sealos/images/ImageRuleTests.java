package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageRuleTests {
    private static final String LIST = """
            apiVersion: v1
            kind: List
            items:
              - apiVersion: monitoring.coreos.com/v1
                kind: Prometheus
                spec:
                  base: quay.io/a/prometheus
                  version: v2
                  sidecars: [{run: quay.io/a/one}, {run: ""}]
                  tools: [quay.io/a/tool, "{{ x }}"]
                  parts: {a: {run: quay.io/a/part}}
              - {apiVersion: v1, kind: Prometheus, spec: {base: quay.io/a/other}}
            """;

    @Test
    void findsFieldWhenRuleNamesItFromItsObjectOn() throws IOException {
        assertThat(scan("spec.base")).containsExactly("quay.io/a/prometheus");
        assertThat(scan("spec.sidecars[*].run")).containsExactly("quay.io/a/one");
        assertThat(scan("spec.tools[0]")).containsExactly("quay.io/a/tool");
        assertThat(scan("spec.parts.*.run")).containsExactly("quay.io/a/part");
        assertThat(scan("spec.bas")).isEmpty();
        assertThat(scan("spec.*.run")).isEmpty();
    }

    @Test
    void explainsImageWhenRuleFoundIt() throws IOException {
        ImageScanner scanner = ImageScanner.builder()
                .rule(ImageRule.of("monitoring.coreos.com", "Prometheus", "spec.base"))
                .build();
        assertThat(scan(scanner).occurrences())
                .extracting(ImageOccurrence::toString)
                .containsExactly("quay.io/a/prometheus CERTAIN by user-finder at list.yaml:7 items[0].spec.base");
    }

    @Test
    void asksFinderAboutEveryFieldWhenUserGivesOne() throws IOException {
        ImageFinder joined = field -> field.path().equals("spec.base")
                ? field.sibling("version")
                        .map(it -> List.of(ImageReference.parse(field.text() + ":" + it)))
                        .orElse(List.of())
                : List.of();
        ImageScanner scanner = ImageScanner.builder().finder(joined).build();
        assertThat(scan(scanner).references())
                .extracting(ImageReference::toString)
                .containsExactly("quay.io/a/prometheus:v2");
    }

    @Test
    void refusesRuleWhenKindOrPathIsEmpty() {
        assertThatThrownBy(() -> ImageRule.of("a.io", "", "spec.image"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a rule needs a kind and a path, such as Prometheus and spec.image, but has '' and"
                        + " 'spec.image'");
    }

    private static List<String> scan(String path) throws IOException {
        ImageRule rule = ImageRule.of("monitoring.coreos.com", "Prometheus", path);
        return scan(ImageScanner.builder().rule(rule).build()).references().stream()
                .map(ImageReference::toString)
                .toList();
    }

    private static ImageInventory scan(ImageScanner scanner) throws IOException {
        return scanner.scanManifest("list.yaml", new ByteArrayInputStream(LIST.getBytes(StandardCharsets.UTF_8)));
    }
}
