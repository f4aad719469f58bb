package io.sealos.kubefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kubefiles that are read by services, too: what is too much ends at a limit that the message names. */
class KubefileLimitTests {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @Test
    void refusesFileWhenItIsLargerThanTheLimit(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("Kubefile");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(1L << 40);
        }
        assertThatThrownBy(() -> Kubefile.parse(file))
                .isInstanceOf(FileSystemException.class)
                .hasMessage(file + ": is larger than 16777216 bytes; put what it carries into files, and COPY them");
    }

    @Test
    void keepsTheFirstThousandProblemsAndACountWhenThereAreAMillion() {
        String bad = "FROM scratch\n" + "BAD a\n".repeat(1_000_000);
        KubefileParseException refused = Assertions.assertTimeoutPreemptively(
                LIMIT, () -> catchThrowableOfType(KubefileParseException.class, () -> Kubefile.parse(bad)));
        List<KubefileProblem> problems = refused.problems();
        assertThat(problems).hasSize(1001);
        assertThat(problems.get(999).range().start().line()).isEqualTo(1001);
        assertThat(problems.get(1000).message()).isEqualTo("999000 more problems are left out");
        assertThat(refused).message().endsWith("\nand 999900 more").hasSizeLessThan(20_000);
        assertThat(Kubefile.parseLenient("FROM scratch\n" + "BAD a\n".repeat(1_002))
                        .problems())
                .hasSize(1001)
                .last()
                .extracting(KubefileProblem::message)
                .isEqualTo("2 more problems are left out");
    }

    @Test
    void refusesInstructionsAndArgumentsWhenThereAreTooMany() {
        assertThat(problems("FROM scratch\n" + "USER a\n".repeat(100_001)))
                .containsExactly("the Kubefile has more than 100000 instructions or 500000 arguments");
        assertThat(problems("FROM scratch\nCOPY" + " a".repeat(100_001)))
                .containsExactly("the instruction has more than 100000 arguments");
        assertThat(problems("FROM scratch\n" + ("COPY" + " a".repeat(100_000) + "\n").repeat(20)))
                .containsExactly("the Kubefile has more than 100000 instructions or 500000 arguments");
    }

    @Test
    void refusesExpansionWhenVariablesNameEachOtherManyTimes() {
        String source = "FROM scratch\nENV A0=aaaaaaaaaa\n"
                + IntStream.rangeClosed(1, 10)
                        .mapToObj(i -> "ENV A" + i + "=" + ("$A" + (i - 1)).repeat(10))
                        .collect(Collectors.joining("\n"));
        assertRefused(source, "variables put more than 1048576 characters into one instruction");
    }

    @Test
    void refusesExpansionWhenAllInstructionsTogetherAreTooLong() {
        String source = "FROM scratch\nENV A=" + "a".repeat(1_000_000) + "\n"
                + IntStream.range(0, 100).mapToObj(i -> "ENV B" + i + "=$A").collect(Collectors.joining("\n"));
        assertRefused(source, "variables put more than 16777216 characters into all instructions");
    }

    @Test
    void refusesNamesOfStagesWhenTheyExpandToTooMuch() {
        assertRefused(
                "ARG A=" + "a".repeat(1000) + "\nFROM " + "$A".repeat(100_000),
                "variables put more than 1048576 characters into one instruction");
    }

    private static void assertRefused(String source, String message) {
        Kubefile kubefile = Kubefile.parse(source);
        Assertions.assertTimeoutPreemptively(
                LIMIT,
                () -> assertThatThrownBy(() -> kubefile.evaluate(BuildOptions.defaults()))
                        .isInstanceOf(KubefileEvaluationException.class)
                        .asInstanceOf(InstanceOfAssertFactories.type(KubefileEvaluationException.class))
                        .satisfies(e -> assertThat(e.problems()).first().satisfies(problem -> {
                            assertThat(problem.message()).isEqualTo(message);
                            assertThat(problem.suggestion())
                                    .contains("Set shorter values, or put long ones into files and COPY them.");
                        })));
    }

    @Test
    void refusesCommandsOfTheRunWhenTheyExpandToTooMuch() {
        SealosRuntime runtime = SealosRuntime.of(ContainerConfig.builder()
                .env("A", "a".repeat(1_000_000))
                .cmd(List.of("$A".repeat(1_000_000)))
                .build());
        assertThatThrownBy(runtime::expandedCommands)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the commands of the image expand to more than 4194304 characters; set shorter values, or"
                        + " put the commands into a script");
        assertThat(runtime.unknownVariables()).isEmpty();
    }

    @Test
    void takesLinearTimeWhenThereAreManyInstructions() {
        String copies = "FROM scratch\n" + "COPY a /a\n".repeat(20_000);
        String variables = "FROM scratch\n"
                + IntStream.range(0, 50_000).mapToObj(i -> "ENV A" + i + "=a\n").collect(Collectors.joining());
        Assertions.assertTimeoutPreemptively(LIMIT, () -> {
            assertThat(Kubefile.parse(copies).evaluate(BuildOptions.defaults()).copies())
                    .hasSize(20_000);
            assertThat(Kubefile.parse(variables)
                            .evaluate(BuildOptions.defaults())
                            .config()
                            .env())
                    .hasSize(50_001);
        });
    }

    @Test
    void takesLinearTimeWhenWordsOpenManyTimesAndNeverClose() {
        Assertions.assertTimeoutPreemptively(LIMIT, () -> {
            Kubefile.parseLenient("FROM scratch\nRUN " + "<<A ".repeat(200_000) + "\n" + "a\n".repeat(90_000));
            Kubefile.parseLenient("FROM scratch\n"
                    + IntStream.range(0, 50_000)
                            .mapToObj(i -> "RUN <<A" + i + "\n")
                            .collect(Collectors.joining()));
            SealosRuntime.of(ContainerConfig.builder()
                            .cmd(List.of("$(".repeat(500_000), "${".repeat(500_000)))
                            .build())
                    .expandedCommands();
            assertThatThrownBy(() -> Kubefile.parse("FROM scratch\nENV A=" + "${A:-".repeat(100_000))
                            .evaluate(BuildOptions.defaults()))
                    .isInstanceOf(KubefileEvaluationException.class);
        });
    }

    @Test
    void escapesControlCharactersWhenMessagesQuoteThem() {
        assertThatThrownBy(() -> Kubefile.parse("FROM scratch\nA\u001b[31mB\u202e c\n"))
                .message()
                .contains("unknown instruction: A\\u001b[31mB\\u202e")
                .contains("2 | A\uFFFD[31mB\uFFFD c")
                .doesNotContain("\u001b", "\u202e");
    }

    private static List<String> problems(String source) {
        return Assertions.assertTimeoutPreemptively(
                LIMIT,
                () -> Kubefile.parseLenient(source).problems().stream()
                        .map(KubefileProblem::message)
                        .toList());
    }
}
