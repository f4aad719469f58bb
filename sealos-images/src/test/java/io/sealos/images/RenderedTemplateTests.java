package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the text of templates. The expected texts follow from the rules of text/template for a map of texts. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RenderedTemplateTests {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("A", "va", "L", "a,b", "YAML", "k: v", "CIDR", "10.96.3.7/22", "V6", "fd00:0:0:1::/64");

    private final ScanSession session = ImageScanner.builder().build().openSession();

    @TempDir
    Path context;

    @AfterAll
    void closeSession() {
        session.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '^', textBlock = """
            {{ define "x" }}[{{ .NONE }}]{{ end }}{{ template "x" . }}~[<no value>]
            {{ with $ }}[{{ .NONE }}]{{ end }}~[<no value>]
            {{ range splitList "," .L }}{{ . }}{{ $.NONE }};{{ end }}~a<no value>;b<no value>;
            {{ index . "A" }}[{{ index . "NONE" }}]{{ .NONE }}~va[]<no value>
            {{ $.NONE.b.c }}{{ .NONE | default "d" }}~<no value>d
            {{ .YAML }} {{ (fromYaml .YAML).k }} {{ (fromYaml .YAML).x }}~k: v v <no value>
            {{ range $k, $v := . }}{{ $k }}={{ len $v }} {{ end }}{{ typeOf . }}~A=2 CIDR=12 L=3 V6=15 YAML=4 map[string]string
            {{ if eq .NONE "x" }}y{{ else }}n{{ end }}{{ with .NONE }}{{ else }}-{{ end }}~n-
            {{ ipNet .CIDR | quote }} {{ (ipAt (ipNet .CIDR) 2) }} {{ .CIDR | ipNet }}~"10.96.0.0/22" 10.96.0.2 10.96.0.0/22
            {{ ipAt .V6 10 }} {{ ipNet "1:0:0:2:0:0:0:3/128" }}~fd00:0:0:1::a 1:0:0:2::3/128
            {{ "a" | printf "%s-%s" .NONE }}~%!s(<nil>)-a
            """)
    void rendersLikeGoWhenTheDotIsAMapOfTexts(String template, String text) throws IOException {
        assertThat(render(template)).satisfies(it -> {
            assertThat(it.failure()).isEmpty();
            assertThat(it.text()).contains(text);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '^', textBlock = """
            {{ hasKey . "A" }}~1~wrong type for value; expected map[string]interface {}; got map[string]string
            {{ upper .NONE }}~1~expected string
            x{{ .A.b }}~1~can't evaluate field b in type
            {{ ipAt .CIDR 1024 }}~0~there is no result of ["ipAt","10.96.3.7/22",1024]
            {{ ipAt "10.0.0.1" 1 }}~0~there is no result of ["ipAt","10.0.0.1",1]
            {{ tpl .A . }}~1~there is no function tpl
            {{ $e := . }}{{ $e.NONE }}~0~it uses the environment as a whole, and fields of it that are not set; use only its fields
            {{ env "HOME" }}~0~it calls env, whose result depends on the host at the site
            {{ fail "stop" }}~0~stop
            """)
    void refusesWhenGoDoesOrTheTextIsNotKnown(String template, int line, String reason) throws IOException {
        assertThat(render(template)).satisfies(it -> {
            assertThat(it.text()).isEmpty();
            assertThat(it.failure()).get().asString().contains(reason);
            assertThat(it.line()).isEqualTo(line);
        });
    }

    @Test
    void keepsLineEndsWhenTheyAreThoseOfWindows() throws IOException {
        assertThat(render("a\r\n{{ .A -}}\r\n b\r\n{{ .NONE }}\r\n").text()).contains("a\r\nvab\r\n<no value>\r\n");
        assertThat(render("a\r\n\r\n{{ .A.b }}\r\n").line()).isEqualTo(3);
    }

    @Test
    void namesTheFunctionsWhenTheirResultsDiffer() throws IOException {
        assertThat(render("{{ now | date \"2006\" }}{{ uuidv4 }}").varyingFunctions())
                .containsExactly("date", "now", "uuidv4");
    }

    @Test
    void refusesWhenTheFileIsTooLargeOrNoText() throws IOException {
        String most = "x".repeat(8 << 20);

        assertThat(render(most).text().orElseThrow()).hasSize(8 << 20);
        assertThat(render("x".repeat(5_000_000) + "{{ .A }}").text().orElseThrow())
                .endsWith("xva");
        assertThat(render("x".repeat(6_000_000) + "{{ .A }}"))
                .hasToString("etc/a.conf.tmpl: it is larger than 5242880 bytes");
        assertThat(render(most + "x")).hasToString("etc/a.conf.tmpl: it is larger than 8388608 bytes");
        Files.write(context.resolve("etc/a.conf.tmpl"), new byte[] {'a', (byte) 0xff});
        assertThat(session.scanner().renderTemplates(context, ENVIRONMENT))
                .singleElement()
                .hasToString("etc/a.conf.tmpl: it is not encoded in UTF-8");
    }

    @Test
    void rendersInTheOrderOfSealosWhenThereAreSeveral() throws IOException {
        Path several = Files.createDirectory(context.resolve("several"));
        for (String name : List.of("manifests/a", "etc/b/c", "etc/b.d", "scripts/e")) {
            Path file = several.resolve(name + ".tmpl");
            Files.createDirectories(file.getParent());
            Files.writeString(file, "{{ .A }}");
        }

        assertThat(session.scanner().renderTemplates(several, ENVIRONMENT))
                .extracting(RenderedTemplate::path)
                .containsExactly("etc/b/c", "etc/b.d", "scripts/e", "manifests/a");
    }

    private RenderedTemplate render(String template) throws IOException {
        Files.createDirectories(context.resolve("etc"));
        Files.writeString(context.resolve("etc/a.conf.tmpl"), template, StandardCharsets.UTF_8);
        return session.scanner().renderTemplates(context, ENVIRONMENT).get(0);
    }
}
