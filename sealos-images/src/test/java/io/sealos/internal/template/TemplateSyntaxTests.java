package io.sealos.internal.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests which templates Go refuses, with a record of the results of sealos's own code and with the grammar of
 * text/template.
 */
class TemplateSyntaxTests {
    static Stream<JsonNode> records() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        List<JsonNode> records = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(TemplateSyntaxTests.class.getResourceAsStream("templates.jsonl")),
                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                records.add(mapper.readTree(line));
            }
        }
        return records.stream();
    }

    @Test
    void readsAllRecordsWhenAsked() throws IOException {
        assertThat(records()).hasSize(64);
    }

    @ParameterizedTest
    @MethodSource("records")
    void refusesATemplateWhenSealosDoes(JsonNode record) {
        JsonNode error = record.get("expected").get("error");
        boolean syntax = error.path("kind").asText().equals("syntax");
        for (String file : (Iterable<String>) record.get("files")::fieldNames) {
            boolean refused = syntax && error.get("file").asText().equals(file);
            assertThat(TemplateSyntax.of(record.get("files").get(file).asText())
                            .fault()
                            .isPresent())
                    .as(file)
                    .isEqualTo(refused);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{- if and .A (eq .B \"}}\") -}} x {{- else if .C }}{{ else }}{{ end -}}",
                "{{ range $i, $e := splitList \",\" .L }}{{ $i }}{{ $e }}{{ if eq $i 1 }}{{ break }}{{ end }}{{ end }}",
                "{{ with $x := .A }}{{ $x | default `raw\n}}` | quote }}{{ else with .B }}{{ . }}{{ end }}",
                "{{/* {{ */}}{{- /* x */ -}}",
                "{{ define \"a\" }}{{ .x }}{{ end }}{{ block \"b\" . }}{{ end }}{{ template \"a\" (dict \"k\" 1) }}",
                "{{ $.A }}{{ .A.b.c }}{{ (fromYaml .Y).k }}{{ index .L 0 }}{{ -1.5e3 }}{{ 0x1F }}{{ 'a' }}",
                "{{ .A\n | upper\n | printf \"%s\" }}",
                "${{ .A }} }} { {a} {{\"{{\"}}",
                "{{ define \"a\" }}{{ end }}{{ define \"a\" }}x{{ end }}",
                "{{ $x := 1 }}{{ $x = 2 }}{{ $x }}",
                "{{ if .größe }}{{ end }}"
            })
    void takesATemplateWhenGoDoes(String template) {
        assertThat(TemplateSyntax.of(template).fault()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '^',
            delimiter = '~',
            value = {
                "{{ .A~the action is never closed~0",
                "x{{ if .A }}y~the if has no end~4",
                "{{ end }}~an end closes nothing~3",
                "{{ else }}~an else belongs to nothing~3",
                "{{ if .A }}{{ else }}{{ else }}{{ end }}~an else belongs to nothing~24",
                "{{ if }}{{ end }}~a value is missing~3",
                "{{ }}~the action is empty~0",
                "{{ .A | }}~a value is missing~0",
                "{{ .A | 1 }}~1 cannot take what stands before the |~8",
                "{{ (.A }}~a ( is never closed~0",
                "{{ .A) }}~a ) closes nothing~5",
                "{{ include .A }}~there is no function include~3",
                "{{ $x }}~the variable $x is not declared~3",
                "{{ .my-key }}~a - stands where a name ends~6",
                "{{ \"a }}~a \" is never closed~3",
                "{{ 1a }}~a number is written as none can be~3",
                "{{/* x }}~the comment is never closed~0",
                "{{/* x */ }}~the comment does not end right before the closing braces~0",
                "{{ a % b }}~a % stands where none can~5",
                "{{ template x }}~the template has no name in quotes~3",
                "{{ break }}~a break stands outside of a range~3",
                "{{ if .A }}{{ define \"x\" }}{{ end }}{{ end }}~a define stands within a if~14"
            })
    void saysWhereWhenATemplateIsRefused(String template, String reason, int at) {
        TemplateFault fault = TemplateSyntax.of(template).fault().orElseThrow();
        assertThat(fault.reason()).isEqualTo(reason);
        assertThat(fault.at()).isEqualTo(at);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " \n\t",
                "{{/* x */}}\n{{- /* y */ -}}",
                "{{ define \"a\" }}x{{ end }}\n",
                "{{define \"a\"}}{{if .x}}{{end}}{{end}}"
            })
    void isEmptyWhenNothingIsRendered(String template) {
        assertThat(TemplateSyntax.of(template).isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "{{ $x := 1 }}",
                "{{ if .A }}{{ end }}",
                "{{ block \"a\" . }}{{ end }}",
                "{{ template \"a\" }}"
            })
    void isNotEmptyWhenSomethingIs(String template) {
        assertThat(TemplateSyntax.of(template).isEmpty()).isFalse();
    }
}
