package io.sealos.kubefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The table of all messages: {@code errors.txt} holds Kubefiles, each followed by what is said of it, refusals and
 * warnings included. Lines that begin with {@code >} before a Kubefile are options.
 */
class ErrorTableTests {
    static Stream<String> cases() throws IOException {
        try (InputStream table = ErrorTableTests.class.getResourceAsStream("errors.txt")) {
            String text = new String(Objects.requireNonNull(table).readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(text.split("(?m)^====\n", -1)).filter(one -> !one.isBlank());
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void saysPlaceProblemAndFixWhenRejected(String table) {
        int middle = table.indexOf("----\n");
        List<String> lines = table.substring(0, middle).lines().toList();
        long options = lines.stream().takeWhile(line -> line.startsWith("> ")).count();
        String source = lines.stream().skip(options).map(line -> line + "\n").collect(Collectors.joining());
        String said = said(source, options(lines.subList(0, (int) options)));
        assertThat(said).isEqualTo(table.substring(middle + 5).stripTrailing());
    }

    private static BuildOptions options(List<String> lines) {
        BuildOptions.Builder options = BuildOptions.builder();
        for (String line : lines) {
            String[] words = line.substring("> ".length()).split("[ =]", 3);
            switch (words[0]) {
                case "--target" -> options.target(words[1]);
                case "--label" -> options.label(words[1], words[2]);
                case "--build-arg" -> options.buildArg(words[1], words[2]);
                default -> throw new IllegalArgumentException(line);
            }
        }
        return options.build();
    }

    private static String said(String source, BuildOptions options) {
        try {
            KubefileEvaluation evaluation = KubefileAssert.parse(source).evaluate(options);
            Stream<KubefileProblem> refusals = evaluation.refusals().stream().map(RefusedStep::problem);
            return Stream.concat(refusals, evaluation.warnings().stream())
                    .map(KubefileProblem::toString)
                    .collect(Collectors.joining("\n"));
        } catch (KubefileParseException | KubefileEvaluationException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void showsWhatIsAroundWhenLineIsLong() {
        Throwable thrown =
                catchThrowable(() -> Kubefile.parse("ENV " + "A=1 ".repeat(100) + "B " + "C=1 ".repeat(100)));
        assertThat(thrown)
                .hasMessage("1:405: ENV has no = in \"B\"\n1 | …" + "A=1 ".repeat(20) + "B " + "C=1 ".repeat(19)
                        + "C=…\n  | " + " ".repeat(81) + "^\n"
                        + "Write key=value, and quote a value with spaces: key=\"a b\".");
    }

    @Test
    void saysHowManyMoreWhenProblemsAreMany() {
        KubefileParseException thrown = new KubefileParseException(
                Kubefile.parseLenient("FOOO\n".repeat(20_000)).problems());
        assertThat(thrown.problems()).hasSize(1001);
        assertThat(thrown)
                .hasMessageEndingWith("100:1: unknown instruction: FOOO\n100 | FOOO\n    | ^^^^\n"
                        + "Correct the word, or put # before the line.\nand 19900 more");
    }

    @Test
    void saysLimitWhenInstructionOrFileIsTooLong() {
        assertThatThrownBy(() -> Kubefile.parse("FROM scratch\nCMD " + "x".repeat(2 << 20)))
                .hasMessage("2:1: the instruction is longer than 2097152 characters\n2 | CMD " + "x".repeat(156)
                        + "…\n  | ^\nSplit it, or put what it carries into files and COPY them.");
        assertThatThrownBy(() -> Kubefile.parse("#\n".repeat((32 << 20) + 1)))
                .hasMessage("1:1: the Kubefile is longer than 67108864 characters\n1 | #\n  | ^\n"
                        + "Put what it carries into files, and COPY them.");
    }

    @Test
    void saysWhatIsWrongWhenCallerIs(@TempDir Path directory) {
        assertThatThrownBy(() -> Platform.parse("linux"))
                .hasMessage("'linux' is not a platform; write os/architecture[/variant], such as linux/arm64");
        assertThatThrownBy(() -> new SourcePosition(0, 1))
                .hasMessage("line 0, column 1 is not a position; both begin at 1");
        Path nowhere = directory.resolve("nowhere");
        assertThatThrownBy(() -> BuildFiles.find(nowhere))
                .hasMessage(nowhere + ": there is no such directory; check the path");
    }
}
