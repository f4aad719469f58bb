package io.sealos.kubefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubefileTests {
    @Test
    void locatesWordsWhenInstructionIsContinued() {
        Kubefile kubefile = KubefileAssert.parse("FROM scratch\r\nENV A=1 \\\r\n  # note\r\n\r\n  B=\"🎉 x\" C=3\r\n");
        EnvInstruction env = (EnvInstruction) kubefile.instructions().get(1);
        assertThat(env.range()).hasToString("2:1");
        assertThat(env.range().end()).isEqualTo(new SourcePosition(5, 14));
        assertThat(env.variables()).hasToString("[A=1, B=\"🎉 x\", C=3]");
        assertThat(env.variables().get(1).key().range()).hasToString("5:3");
        assertThat(env.variables().get(1).value().range().text()).isEqualTo("\"🎉 x\"");
        assertThat(env.variables().get(2).value().range()).hasToString("5:13");
    }

    @Test
    void keepsSpellingWhenKeywordIsSmall() {
        FromInstruction from = (FromInstruction) KubefileAssert.parse("from --platform=linux/arm64 a as b")
                .instructions()
                .get(0);
        assertThat(from.keyword()).isEqualTo("FROM");
        assertThat(from.writtenKeyword()).hasToString("from");
        assertThat(from.base()).map(Argument::text).contains("a");
        assertThat(from.stageName()).map(Argument::text).contains("b");
        assertThat(from.platform()).contains("linux/arm64");
    }

    @Test
    void keepsBytesWhenTheyAreNotUtf8() {
        byte[] source = "FROM scratch\nENV A=caf\u00e9 B=ok\n".getBytes(StandardCharsets.ISO_8859_1);
        Kubefile kubefile = Kubefile.parse(source);
        assertThat(KubefileAssert.bytes(kubefile)).isEqualTo(source);
        assertThat(kubefile.evaluate(BuildOptions.defaults()).config().env()).containsEntry("A", "caf\uFFFD");
    }

    @Test
    void keepsHeredocsWhenTheyHaveAnEnd() {
        Kubefile kubefile = KubefileAssert.parse("FROM scratch\nCOPY <<-\"EOT\" /x\nENV A=1\n\tEOT\nENV B=2\n");
        assertThat(kubefile.instructions()).hasSize(3);
        assertThat(kubefile.instructions().get(1).heredocs().get(0).body().text())
                .isEqualTo("ENV A=1\n");
    }

    @Test
    void reportsAllProblemsAndTreeWhenLenient() {
        KubefileParseResult result = KubefileAssert.parseLenient("FROM scratch\nFOO\nENV A\nCMD [\"x\"]\n");
        assertThat(result.kubefile().instructions()).hasSize(4);
        assertThat(result.problems())
                .extracting(KubefileProblem::message)
                .containsExactly("unknown instruction: FOO", "ENV has a key without a value");
    }

    @Test
    void changesNothingElseWhenEdited() {
        Kubefile kubefile =
                KubefileAssert.parse("FROM scratch\n# keep\nENV A=1  B=2 # x=y\n\nCMD x\n".replace(" # x=y", ""));
        EnvInstruction env = (EnvInstruction) kubefile.instructions().get(1);
        assertThat(kubefile.setValue(env.variables().get(0), "a $b").toSource())
                .isEqualTo("FROM scratch\n# keep\nENV A=\"a \\$b\"  B=2\n\nCMD x\n");
        Instruction cmd = kubefile.instructions().get(2);
        assertThat(kubefile.setCommands(cmd, List.of("a", "b \"c\"")).toSource())
                .isEqualTo("FROM scratch\n# keep\nENV A=1  B=2\n\nCMD [\"a\", \"b \\\"c\\\"\"]\n");
        assertThat(kubefile.remove(env).toSource()).isEqualTo("FROM scratch\n# keep\n\nCMD x\n");
        assertThat(kubefile.insertAfter(env, "USER 1").toSource())
                .isEqualTo("FROM scratch\n# keep\nENV A=1  B=2\nUSER 1\n\nCMD x\n");
        assertThat(kubefile.insertBefore(env, "USER 1").toSource())
                .isEqualTo("FROM scratch\n# keep\nUSER 1\nENV A=1  B=2\n\nCMD x\n");
        assertThat(kubefile.replace(cmd, "USER 1").toSource()).endsWith("\n\nUSER 1\n");
    }

    @Test
    void givesBackTheValueWhenSetUnderAnyEscape() {
        for (String directive : List.of("", "# escape=`\n")) {
            Kubefile kubefile = KubefileAssert.parse(directive + "FROM scratch\nENV A=1 B=2\n");
            EnvInstruction env = (EnvInstruction) kubefile.instructions().get(1);
            for (String value : List.of("a \"b c", "it's `x", "x`", "\"'`\\$ #", "\\", "`\"")) {
                ContainerConfig config = kubefile.setValue(env.variables().get(0), value)
                        .evaluate(BuildOptions.defaults())
                        .config();
                assertThat(config.env()).containsEntry("A", value).containsEntry("B", "2");
            }
        }
    }

    @Test
    void refusesValueWhenKeyHasOpenQuote() {
        Kubefile kubefile = KubefileAssert.parse("FROM scratch\nLABEL a\"b=c d\n");
        KeyValue label =
                ((LabelInstruction) kubefile.instructions().get(1)).labels().get(0);
        assertThatThrownBy(() -> kubefile.setValue(label, "x y=z"))
                .isInstanceOf(InvalidInstructionException.class)
                .hasMessage("2:7: the key a\"b has a quote without its end, so no value can be set;"
                        + " replace the instruction");
    }

    @Test
    void refusesEditWhenInstructionIsOfAnotherKubefile() {
        Instruction other = KubefileAssert.parse("FROM other\n").instructions().get(0);
        assertThatThrownBy(() -> Kubefile.parse("FROM scratch\n").remove(other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the range 1:1 is of another Kubefile");
    }

    @Test
    void joinsAsSealosDoesWhenThereAreSeveralFiles(@TempDir Path directory) throws IOException {
        Path one = Files.writeString(directory.resolve("Kubefile"), "# escape=`\nFROM scratch\nENV A=1 `\n B=2\n");
        Path two = Files.writeString(directory.resolve("Dockerfile"), "FROM scratch\nENV C=3 \\\n D=4\n");
        Kubefile joined = Kubefile.join(List.of(one, two));
        assertThat(joined.evaluate(BuildOptions.defaults()).config().env()).containsOnlyKeys("PATH", "C", "D");
        assertThat(joined.instructions().get(2).range().sourceName()).contains(two.toString());
        assertThat(joined.toSource()).isEqualTo(Files.readString(one) + Files.readString(two));
    }

    @Test
    void refusesLineBreakWhenTheDialectHasNone() {
        Kubefile kubefile = Kubefile.parse("FROM scratch\nENV A=1\n");
        KeyValue variable =
                kubefile.find(EnvInstruction.class).get(0).variables().get(0);
        assertThatThrownBy(() -> kubefile.setValue(variable, "a\nb"))
                .isInstanceOf(InvalidInstructionException.class)
                .hasMessage("2:5: a Kubefile has no way to write a line break in this value: only CMD, ENTRYPOINT,"
                        + " COPY, ADD and VOLUME have one, in JSON; put the text into a file and COPY it");
    }

    @Test
    void editWhenGivenSeveralRangesChangesAllOfThem() {
        Kubefile kubefile = Kubefile.parse("FROM scratch\nENV A=1\nENV B=2\n");
        Map<SourceRange, String> edits = Map.of(
                kubefile.instructions().get(1).range(), "ENV A=one\nENV C=3",
                kubefile.instructions().get(2).range(), "ENV B=two");

        assertThat(kubefile.edit(edits).toSource()).isEqualTo("FROM scratch\nENV A=one\nENV C=3\nENV B=two\n");
    }

    @Test
    void editWhenRangesOverlapIsRefused() {
        Kubefile kubefile = Kubefile.parse("FROM scratch\nENV A=1\n");
        Instruction env = kubefile.instructions().get(1);
        Map<SourceRange, String> edits =
                Map.of(env.range(), "", env.arguments().get(0).range(), "B");

        assertThatThrownBy(() -> kubefile.edit(edits))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the range 2:1 overlaps another edit");
    }

    @Test
    void rangeWhenItIsOfALineOfAnotherFileKnowsPlaceAndSnippet() {
        SourceRange range = SourceRange.inLine("images/shim/app", 12, "nginx:1.25 # web", 11, 16);

        assertThat(range).hasToString("images/shim/app:12:12");
        assertThat(range.text()).isEqualTo("# web");
        assertThat(range.snippet()).isEqualTo("12 | nginx:1.25 # web\n   |            ^^^^^");
    }
}
