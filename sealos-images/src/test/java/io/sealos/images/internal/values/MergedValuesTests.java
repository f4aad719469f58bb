package io.sealos.images.internal.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealos.images.ChartValues;
import io.sealos.images.ChartValues.Option;
import io.sealos.images.ChartValues.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MergedValuesTests {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a=b                    | {\"a\": \"b\"}",
                "a=1,b=01,c=0,d=-7      | {\"a\": 1, \"b\": \"01\", \"c\": 0, \"d\": -7}",
                "a=1.10,b=1e3,c=1_0     | {\"a\": \"1.10\", \"b\": \"1e3\", \"c\": \"1_0\"}",
                "a=true,b=FALSE,c=Null  | {\"a\": true, \"b\": false, \"c\": null}",
                "a=,b=c                 | {\"a\": \"\", \"b\": \"c\"}",
                "a=b\\,c,d=e\\\\        | {\"a\": \"b,c\", \"d\": \"e\\\\\"}",
                "a\\.b=c,d\\=e=f        | {\"a.b\": \"c\", \"d=e\": \"f\"}",
                "a.b.c=1,a.b.d=2        | {\"a\": {\"b\": {\"c\": 1, \"d\": 2}}}",
                "a={x,1,true},b=c       | {\"a\": [\"x\", 1, true], \"b\": \"c\"}",
                "a={}                   | {\"a\": [\"\"]}",
                "a[0]=x,a[2]=y          | {\"a\": [\"x\", null, \"y\"]}",
                "a[0].b=c,a[0].d=e      | {\"a\": [{\"b\": \"c\", \"d\": \"e\"}]}",
                "a[1][0]=x              | {\"a\": [null, [\"x\"]]}",
                "a=x=y                  | {\"a\": \"x=y\"}",
                "a=99999999999999999999 | {\"a\": \"99999999999999999999\"}",
                "a=b,                   | {\"a\": \"b\"}",
            })
    void readsSetAsHelmDoes(String expression, String wanted) throws Exception {
        assertThat(oneLine(Option.SET, expression)).isEqualTo(wanted);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SET_STRING  | a=1,b=true           | {\"a\": \"1\", \"b\": \"true\"}",
                "SET_STRING  | a={1,2}              | {\"a\": [\"1\", \"2\"]}",
                "SET_JSON    | a={\"b\":[1,null]}   | {\"a\": {\"b\": [1, null]}}",
                "SET_JSON    | a=1.50,b=\"x,y\",c=  | {\"a\": 1.50, \"b\": \"x,y\", \"c\": null}",
                "SET_JSON    | {\"a\":{\"b\":[1]}} | {\"a\": {\"b\": [1]}}",
                "SET_JSON    | a[1].b=true          | {\"a\": [null, {\"b\": true}]}",
                "SET_LITERAL | a=b,c={d}\\          | {\"a\": \"b,c={d}\\\\\"}",
                "SET_LITERAL | a.b[0]=x,y           | {\"a\": {\"b\": [\"x,y\"]}}",
            })
    void readsOtherOptionsAsHelmDoes(Option option, String expression, String wanted) throws Exception {
        assertThat(oneLine(option, expression)).isEqualTo(wanted);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a          | key \"a\" has no value",
                "a,b=c      | key \"a\" has no value (cannot end with ,)",
                "a={b       | list must terminate with '}'",
                "a[x]=1     | error parsing index: \"x\" is not a number",
                "a[-1]=1    | the index \"-1\" is not one from 0 to 65536 in brackets",
                "a[70000]=1 | the index \"70000\" is not one from 0 to 65536 in brackets",
                "a[0]b=1    | unexpected data at end of array index: \"b\"",
                "a=1,a.b=2  | unable to parse key: what \"a\" has already is not a map",
                "a=1,a[0]=2 | unable to parse key: what \"a\" has already is not a list",
            })
    void refusesWhatHelmRefuses(String expression, String reason) {
        assertThatThrownBy(() -> oneLine(Option.SET, expression))
                .isInstanceOf(ValuesException.class)
                .hasMessage("failed parsing --set data '" + expression + "': " + reason);
    }

    @Test
    void appliesOptionsInHelmsOrderWhenAllAreGiven() throws Exception {
        Path first = file("first.yaml", "a: {b: file, keep: 010}\nl: [{x: 1}]\nm: \"007\"\n");
        Path second = file("second, and.yaml", "a: {c: yes}\nl2: [1.0]\n");
        ChartValues values = ChartValues.of(List.of(
                new Setting(Option.SET_LITERAL, "z=literal"),
                new Setting(Option.SET_FILE, "z=" + first + ",f=" + file("text", "a: ü\n")),
                new Setting(Option.SET_STRING, "z=string,n=20240101"),
                new Setting(Option.SET, "z=set,n=1,a.b=5,l[0].y=20240101"),
                new Setting(Option.SET_JSON, "z=\"json\",m={}"),
                new Setting(Option.VALUES, first.toString()),
                new Setting(Option.VALUES, second.toString())));
        MergedValues merged = MergedValues.of(values);
        assertThat(merged.yaml().replace("\n", " ").strip())
                .isEqualTo(
                        "{\"a\": {\"b\": 5, \"keep\": 010, \"c\": yes}, \"l\": [{\"x\": 1, \"y\": 20240101}], "
                                + "\"m\": {}, \"l2\": [1.0], \"z\": \"literal\", \"n\": \"20240101\", \"f\": \"a: \\u00fc\\u000a\"}");
        assertThat(merged.wholeNumbers()).isEqualTo(Map.of("a.b", 5L, "l[0].y", 20240101L));
        assertThat(values.helmArguments().get(1)).isEqualTo("--values=\"" + second + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"- a\n- b\n", "a: [\n", "just text"})
    void refusesWhenFileIsNoMapping(String text) throws IOException {
        Path file = file("bad.yaml", text);
        assertThatThrownBy(() -> MergedValues.of(ChartValues.files(List.of(file))))
                .isInstanceOf(ValuesException.class)
                .hasMessageStartingWith("failed to parse bad.yaml");
    }

    @Test
    void refusesWhenFileHasTooManyValues() throws IOException {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 9; i++) {
            bomb.append(
                    "a%d: &a%d [%s]\n".formatted(i, i, "*a%d, ".formatted(i - 1).repeat(10)));
        }
        Path file = file("bomb.yaml", bomb.toString());
        assertThatThrownBy(() -> MergedValues.of(ChartValues.files(List.of(file))))
                .hasMessage("the file bomb.yaml has more than 1000000 values, aliases counted");
    }

    @Test
    void endsWithValuesOrRefusalWhateverTheExpressionIs() throws Exception {
        Random random = new Random(7);
        String letters = "ab.,=[]{}0123\\\" -\n";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            random.ints(random.nextInt(14), 0, letters.length()).forEach(at -> text.append(letters.charAt(at)));
            Option option =
                    List.of(Option.SET_JSON, Option.SET, Option.SET_STRING).get(random.nextInt(3));
            try {
                assertThat(oneLine(option, text.toString())).startsWith("{").endsWith("}");
            } catch (ValuesException e) {
                assertThat(e).hasMessageStartingWith("failed parsing " + option.flag());
            }
        }
        assertThatThrownBy(() -> oneLine(Option.SET, "a" + "[0]".repeat(100_000) + "=1"))
                .hasMessageContaining("nested deeper than 30");
    }

    private static String oneLine(Option option, String expression) throws Exception {
        ChartValues values = ChartValues.of(List.of(new Setting(option, expression)));
        return MergedValues.of(values).yaml().replace("\n", " ").strip();
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }
}
