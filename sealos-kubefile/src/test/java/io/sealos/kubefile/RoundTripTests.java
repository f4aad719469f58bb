package io.sealos.kubefile;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealos.kubefile.internal.source.SourceBytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
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

    @Test
    void givesBackEachInstructionWhenItWasBuiltWithHostileValues() {
        Random random = new Random(44);
        int refused = 0;
        for (int round = 0; round < 3_000; round++) {
            KubefileBuilder builder = Kubefile.builder().escape(random.nextBoolean() ? '\\' : '`');
            builder.comment(hostile(random)).from("scratch", "s").from("scratch");
            List<String> keywords = new ArrayList<>(List.of("FROM", "FROM"));
            for (int count = random.nextInt(6); count >= 0; count--) {
                try {
                    keywords.add(addText(builder, random));
                } catch (InvalidInstructionException e) {
                    refused++;
                }
            }
            Kubefile built = builder.build();
            assertThat(built.instructions()).extracting(Instruction::keyword).isEqualTo(keywords);
            Kubefile again = Kubefile.parse(KubefileAssert.bytes(built));
            assertThat(again.toSource()).isEqualTo(built.toSource());
        }
        assertThat(refused).isBetween(100, 9_000);
    }

    /** Adds an instruction whose text is not quoted, and checks that it is returned. */
    private static String addText(KubefileBuilder builder, Random random) {
        String text = hostile(random);
        return switch (random.nextInt(9)) {
            case 0 -> added(builder.run(text), text);
            case 1 -> added(builder.cmdShell(text), text);
            case 2 -> added(builder.entrypointShell(text), text);
            case 3 -> added(builder.maintainer(text), text);
            case 4 -> {
                added(builder.flag("mount", text).run("x"), "x");
                assertThat(last(builder).flag("mount")).contains(text);
                yield "RUN";
            }
            case 5 -> {
                String keyword = added(builder.runHeredoc(text + "\nEOF\n"), null);
                assertThat(last(builder).heredocs().get(0).body().text()).isEqualTo(text + "\nEOF\n");
                yield keyword;
            }
            case 6 -> {
                builder.copyFrom("s", "/" + text, "/" + text);
                CopyInstruction copy = (CopyInstruction) last(builder);
                assertThat(copy.from()).contains("s");
                yield "COPY";
            }
            case 7 -> added(builder.onbuild(it -> it.env("A", text)), null);
            default -> added(builder.healthcheck(text), text);
        };
    }

    private static String added(KubefileBuilder builder, @Nullable String text) {
        Instruction last = last(builder);
        if (text != null) {
            assertThat(last.arguments()).last().hasToString(text);
        }
        return last.keyword();
    }

    private static Instruction last(KubefileBuilder builder) {
        List<Instruction> all = builder.build().instructions();
        return all.get(all.size() - 1);
    }

    private static String hostile(Random random) {
        List<String> parts =
                List.of("#", "<<EOF", "[\"a\"]", "--x=y", "\\", "`", "\n", "\uFEFF", " ", "escape=`", "\0");
        return random.nextInt(3) == 0
                ? parts.get(random.nextInt(parts.size())) + value(random) + parts.get(random.nextInt(parts.size()))
                : value(random);
    }

    @Test
    void givesBackTheValuesWhenTheyWereBuiltUnderBacktick() {
        Random random = new Random(45);
        for (int round = 0; round < 2_000; round++) {
            String key = "K" + value(random).replace("=", "");
            String value = hostile(random).replace("\n", "");
            ContainerConfig config = Kubefile.builder()
                    .escape('`')
                    .from("scratch")
                    .arg("A", value)
                    .env(key, value)
                    .label(key, value)
                    .volume("/" + value + ".")
                    .cmd(value, "\n`")
                    .user("u" + value)
                    .instruction("ENV COPIED=$A")
                    .build()
                    .evaluate(BuildOptions.defaults())
                    .config();
            assertThat(config.env()).containsEntry(key, value).containsEntry("COPIED", value);
            assertThat(config.labels()).containsEntry(key, value);
            assertThat(config.volumes()).containsExactly("/" + value + ".");
            assertThat(config.cmd()).containsExactly(value, "\n`");
            assertThat(config.user()).contains("u" + value);
        }
    }

    @Test
    void hasTheValueAndAllOtherTextWhenSourceIsRandomAndEdited() {
        Random random = new Random(46);
        int edited = 0;
        for (int round = 0; round < 20_000; round++) {
            StringBuilder source = new StringBuilder("FROM scratch\n");
            for (int piece = random.nextInt(9); piece >= 0; piece--) {
                source.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            KubefileParseResult result = Kubefile.parseLenient(source.toString());
            String value = value(random);
            if (result.problems().isEmpty() && edit(result.kubefile(), value)) {
                edited++;
            }
        }
        assertThat(edited).isGreaterThan(1_500);
    }

    private static boolean edit(Kubefile kubefile, String value) {
        try {
            kubefile.evaluate(BuildOptions.defaults());
            Kubefile edited = kubefile.withEnv("K", value).withLabel("a", value);
            ContainerConfig config = edited.evaluate(BuildOptions.defaults()).config();
            if (!value.equals(config.env().get("K"))
                    || !value.equals(config.labels().get("a"))) {
                throw new AssertionError("not set in " + edited + " from " + kubefile);
            }
            assertThat(edited.withEnv("K", "x").withLabel("a", "x").toSource())
                    .isEqualTo(kubefile.withEnv("K", "x").withLabel("a", "x").toSource());
            return true;
        } catch (KubefileEvaluationException | InvalidInstructionException e) {
            return false;
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
