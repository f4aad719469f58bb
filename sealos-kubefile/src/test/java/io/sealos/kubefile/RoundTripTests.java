package io.sealos.kubefile;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealos.kubefile.internal.source.SourceBytes;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RoundTripTests {
    private static final List<String> PIECES = List.of(
            "FROM scratch",
            "ENV ",
            "LABEL ",
            "COPY ",
            "ADD ",
            "CMD ",
            "RUN ",
            "ARG ",
            "ONBUILD ",
            "EXPOSE ",
            "VOLUME ",
            "WORKDIR ",
            "USER ",
            "HEALTHCHECK ",
            "SHELL ",
            "a=b",
            "K",
            "=",
            " ",
            "  ",
            "\t",
            "\n",
            "\n",
            "\r\n",
            "\\\n",
            "\\ \n",
            "`\n",
            "#",
            "# escape=`\n",
            "# c\n",
            "\"",
            "'",
            "$",
            "${",
            "}",
            "${A:-",
            "[\"a\"]",
            "[",
            "]",
            "<<EOF",
            "\nEOF\n",
            "--from=x ",
            "--",
            "\uFEFF",
            "é",
            "🎉",
            "\u00A0",
            "\\",
            "\u0000",
            "\uDC80",
            "AS x",
            "\"b c\"");
    private static final String VALUE_CHARS = "ab C\"'$\\#{}()=:-+?/,.\t\r`*[]éü漢🎉\u00A0\u3000\u0001<>&|;~!^%@_0129";

    @Test
    void keepsEveryCharacterWhenInputIsRandom() {
        Random random = new Random(20261123);
        for (int round = 0; round < 100_000; round++) {
            StringBuilder source = new StringBuilder();
            for (int piece = random.nextInt(9); piece >= 0; piece--) {
                source.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            KubefileParseResult result = Kubefile.parseLenient(source.toString());
            if (!result.kubefile().toSource().contentEquals(source)) {
                throw new AssertionError("lost something of " + source);
            }
            evaluateOrRefuse(result);
        }
    }

    private static void evaluateOrRefuse(KubefileParseResult result) {
        try {
            result.kubefile().evaluate(BuildOptions.defaults());
        } catch (KubefileEvaluationException e) {
            if (!e.problems().get(0).snippet().contains("^")) {
                throw new AssertionError("no caret", e);
            }
        }
    }

    @Test
    void keepsEveryByteWhenInputIsNoText() {
        Random random = new Random(7);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            assertThat(SourceBytes.encode(SourceBytes.decode(bytes))).isEqualTo(bytes);
        }
    }

    @Test
    void givesBackTheValuesWhenTheyWereBuilt() {
        Random random = new Random(42);
        for (int round = 0; round < 2_000; round++) {
            String key = "K" + round;
            String value = value(random);
            String command = value(random) + "\n" + value(random);
            ContainerConfig config = Kubefile.builder()
                    .from("scratch")
                    .arg("A", value)
                    .env(key, value)
                    .label(key + value.replace("=", ""), value)
                    .workdir("/w" + value)
                    .cmd(command, value)
                    .entrypoint(value)
                    .build()
                    .evaluate(BuildOptions.defaults())
                    .config();
            assertThat(config.env()).containsEntry(key, value);
            assertThat(config.labels()).containsEntry(key + value.replace("=", ""), value);
            assertThat(config.cmd()).containsExactly(command, value);
            assertThat(config.entrypoint()).containsExactly(value);
            assertThat(config.workingDir()).contains("/w" + value);
        }
    }

    @Test
    void givesBackThePathsWhenTheyWereBuilt() {
        Random random = new Random(43);
        for (int round = 0; round < 2_000; round++) {
            String source = "s" + value(random);
            String destination = "/d" + value(random) + "\nx";
            CopyStep copy = Kubefile.builder()
                    .from("scratch")
                    .copy(source, destination)
                    .build()
                    .evaluate(BuildOptions.defaults())
                    .copies()
                    .get(0);
            assertThat(copy.sources()).containsExactly(source);
            assertThat(copy.destination()).isEqualTo(destination);
        }
    }

    private static String value(Random random) {
        int[] chars = VALUE_CHARS.codePoints().toArray();
        StringBuilder value = new StringBuilder();
        for (int length = random.nextInt(12); length > 0; length--) {
            value.appendCodePoint(chars[random.nextInt(chars.length)]);
        }
        return value.toString();
    }
}
