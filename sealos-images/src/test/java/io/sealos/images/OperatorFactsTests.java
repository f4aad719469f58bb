package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatorFactsTests {
    private static final String WAVE = """
            operator: wave-operator
            images: [registry.example.com/wave/operator]
            values:
              version:
              - field: spec.version
              - release: wave
            facts:
            - name: server
              resource: example.com/Wave
              image: "registry.example.com/wave/server:{version}"
            releases:
            - version: 1.4.0
              before: 2.0.0
              values: {wave: "7.1"}
            """;

    private static final String RESOURCE = """
            apiVersion: example.com/v1
            kind: Wave
            metadata:
              name: main
            spec: {}
            """;

    @TempDir
    private Path directory;

    private static ImageInventory scan(OperatorFacts facts, String manifest) throws IOException {
        return OperatorScans.scan(ImageScanner.builder().operatorFacts(facts), manifest);
    }

    @Test
    void findsImagesWhenCallerAddsFacts() throws Exception {
        String operator = OperatorScans.deployment("registry.example.com/wave/operator:v1.9.3");

        ImageInventory inventory = scan(OperatorFacts.parse(WAVE), operator + RESOURCE);

        assertThat(OperatorScans.names(inventory))
                .containsExactly("registry.example.com/wave/operator:v1.9.3", "registry.example.com/wave/server:7.1");
        assertThat(inventory.isComplete()).isTrue();
    }

    @Test
    void findsImagesWhenFactsRemoveASuffixAndLookIntoSeveralKinds() throws Exception {
        OperatorFacts facts = OperatorFacts.parse("""
                operator: wave
                images: [r.e/wave]
                values:
                  version:
                  - field: spec.wave
                    of: [WaveConfig, example.com/WaveSettings]
                    removePrefix: v
                    removeSuffix: -ent
                facts:
                - name: server
                  resource: example.com/Wave
                  image: "{operator.repository}-server:{version}"
                releases: [{version: 1.0.0}]
                """);
        String manifest = OperatorScans.deployment("r.e/wave:1.0.0") + """
                {apiVersion: example.com/v1, kind: Wave, metadata: {name: a}}
                ---
                {apiVersion: example.com/v1, kind: WaveSettings, metadata: {name: b}, spec: {wave: v2.0-ent}}
                """;

        assertThat(OperatorScans.names(scan(facts, manifest))).containsExactly("r.e/wave-server:2.0", "r.e/wave:1.0.0");
    }

    @Test
    void replacesKnownOperatorWhenFactsHaveItsName() throws Exception {
        String own = WAVE.replace("wave-operator", "cert-manager");
        String manifest = OperatorScans.deployment("quay.io/jetstack/cert-manager-controller:v1.19.1") + """
                apiVersion: cert-manager.io/v1
                kind: Issuer
                metadata: {name: acme}
                spec: {acme: {solvers: [{http01: {}}]}}
                """;

        assertThat(OperatorScans.names(scan(OperatorFacts.parse(own), manifest)))
                .containsExactly("quay.io/jetstack/cert-manager-controller:v1.19.1");
    }

    @Test
    void readsFileWhenItIsThere() throws Exception {
        Path file = Files.writeString(directory.resolve("wave.yaml"), WAVE);

        OperatorFacts facts = OperatorFacts.read(file);

        assertThat(facts).isEqualTo(OperatorFacts.parse(WAVE)).hasSameHashCodeAs(OperatorFacts.parse(WAVE));
        assertThat(facts.name()).isEqualTo("wave-operator");
        assertThat(facts).hasToString("wave-operator 1.4.0");
    }

    @Test
    void namesFileAndLineWhenFileIsWrong() throws Exception {
        Path file = Files.writeString(directory.resolve("wave.yaml"), WAVE.replace("resource:", "resources:"));

        assertThatThrownBy(() -> OperatorFacts.read(file))
                .isInstanceOf(OperatorFactsException.class)
                .hasMessage(file + ":9: facts[0] has the unknown key 'resources'; the keys are name, resource, since,"
                        + " before, when, unless, image, confidence, sources");
    }

    @Test
    void refusesFileWhenItIsTooLarge() throws Exception {
        Path file = Files.writeString(directory.resolve("wave.yaml"), "#".repeat(4_000_001));

        assertThatThrownBy(() -> OperatorFacts.read(file))
                .isInstanceOf(FileSystemException.class)
                .hasMessage(file + ": is larger than 4000000 bytes; split it into several files");
    }

    @Test
    void hasPartsWhenTextIsWrong() {
        assertThatThrownBy(() -> OperatorFacts.parse("operator: Wave"))
                .isInstanceOfSatisfying(OperatorFactsException.class, e -> {
                    assertThat(e.place()).isEqualTo("operator facts:1");
                    assertThat(e.problem()).isEqualTo("the description: operator cannot be 'Wave'");
                    assertThat(e.fix()).isEqualTo("write lower-case letters, digits and hyphens");
                    assertThat(e.parts()).hasSize(1);
                });
    }

    /** Replaces a part of the valid text, and compares the whole message. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "wave-operator | Wave | operator facts:1: the description: operator cannot be 'Wave'; write lower-case"
                        + " letters, digits and hyphens",
                "operator: wave | operators: wave | operator facts:1: the description has the unknown key 'operators';"
                        + " the keys are operator, images, variants, repository, values, facts, releases",
                "[registry.example.com/wave/operator] | [] | operator facts:1: the description has no images; name the"
                        + " operator's own image, without its tag",
                "wave/operator] | wave/operator:1] | operator facts:1: the description has the image"
                        + " 'registry.example.com/wave/operator:1' with a tag or digest; write the name without its"
                        + " tag, such as quay.io/team/operator",
                "wave/operator] | Wave] | operator facts:1: the description has 'registry.example.com/Wave', which is"
                        + " no image; write the name without its tag, such as quay.io/team/operator",
                "field: spec.version | field: spec..version | operator facts:5: version[0] has the path"
                        + " 'spec..version', which is malformed; write keys with dots between, and [*], [0] or"
                        + " [key=text] for items",
                "field: spec.version | fields: spec.version | operator facts:5: version[0] has the unknown key"
                        + " 'fields'; the keys are field, of, argument, variable, release, text, removePrefix,"
                        + " removeSuffix, when, unless",
                "release: wave | of: ConfigMap | operator facts:6: version[1] has no place of a value; write one of"
                        + " field, argument, variable, release, text",
                "release: wave | {release: wave, text: 1} | operator facts:6: version[1] has several places: release,"
                        + " text; write one of field, argument, variable, release, text",
                "release: wave | {release: wave, of: ConfigMap} | operator facts:6: version[1] has 'of' without a"
                        + " field; remove it",
                "{version} | {versions} | operator facts:8: facts[0] has"
                        + " 'registry.example.com/wave/server:{versions}', and no value 'versions' stands above it;"
                        + " define it in values, or write one of operator.repository, operator.tag,"
                        + " operator.version",
                "{version} | {version | operator facts:8: facts[0] has 'registry.example.com/wave/server:{version'"
                        + " with a brace that is not closed or has no name; write {name}",
                "name: server | name: Server | operator facts:8: facts[0]: name cannot be 'Server'; write lower-case"
                        + " letters, digits and hyphens",
                "example.com/Wave | example.com/v1/Wave | operator facts:9: facts[0]: resource cannot be"
                        + " 'example.com/v1/Wave'; write the group and the kind, such as apps/Deployment",
                "version: 1.4.0 | version: v1.4.0 | operator facts:12: releases[0]: version cannot be 'v1.4.0'; write"
                        + " numbers with dots between, such as 1.28.0",
                "before: 2.0.0 | before: two | operator facts:12: releases[0] before cannot be 'two'; write a version"
                        + " such as 1.28.0",
                "before: 2.0.0 | commit: 12ab | operator facts:13: releases[0]: commit cannot be '12ab'; write 40"
                        + " hexadecimal digits",
                "7.1\"} | 7.1\"}#- version: 1.4.0 | operator facts:1: the description has several releases for version"
                        + " 1.4.0; remove one of them",
                "operator: wave | [ | operator facts:2: the text is not valid YAML: while parsing a flow sequence,"
                        + " expected ',' or ']', but got :; correct it",
            })
    void refusesFactsWhenTheyAreWrong(String part, String replacement, String message) {
        String wrong = WAVE.replace(part, replacement.replace("#", "\n"));

        assertThat(wrong).isNotEqualTo(WAVE);
        assertThatThrownBy(() -> OperatorFacts.parse(wrong))
                .isInstanceOf(OperatorFactsException.class)
                .hasMessage(message);
    }

    @Test
    void refusesFactsWhenTextIsEmptyOrTooLong() {
        assertThatThrownBy(() -> OperatorFacts.parse(""))
                .hasMessage("operator facts: the text is empty; describe an operator");
        assertThatThrownBy(() -> OperatorFacts.parse("- a"))
                .hasMessage("operator facts:1: the description is not a mapping; write keys with values");
        assertThatThrownBy(() -> OperatorFacts.parse("#".repeat(1_000_001)))
                .hasMessage("operator facts: the text is longer than 1000000 characters; split it into several files");
    }

    @Test
    void refusesFactsWhenTwoHaveOneName() {
        String twice = WAVE.replace("releases:", """
                - name: server
                  image: registry.example.com/wave/agent:1
                releases:""");

        assertThatThrownBy(() -> OperatorFacts.parse(twice))
                .hasMessage("operator facts:1: the description has two facts with the name 'server'; rename one of"
                        + " them");
    }

    @Test
    void refusesFactsWhenPartsAreMissing() {
        for (String key : List.of("facts", "releases")) {
            String without = WAVE.replace(key + ":", "values2:").replaceAll("(?s)values2:.*?(?=\nreleases|$)", "");

            assertThatThrownBy(() -> OperatorFacts.parse(without))
                    .as(key)
                    .hasMessageStartingWith("operator facts:1: the description has no " + key + "; ");
        }
    }

    @Test
    void readWhenPathIsADirectorySaysSo() {
        assertThatExceptionOfType(FileSystemException.class)
                .isThrownBy(() -> OperatorFacts.read(Path.of("src")))
                .withMessage("src: is a directory and not a file; name the file of facts about an operator");
    }
}
