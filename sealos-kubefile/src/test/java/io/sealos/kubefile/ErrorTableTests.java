package io.sealos.kubefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of all messages: {@code errors.txt} holds Kubefiles, each followed by what is said of it. */
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
        String source = table.substring(0, middle);
        Throwable thrown = catchThrowable(() -> {
            KubefileEvaluation evaluation = KubefileAssert.parse(source).evaluate(BuildOptions.defaults());
            assertThat(evaluation.refusals()).isNotEmpty();
            throw new IllegalStateException(
                    evaluation.refusals().get(0).problem().toString());
        });
        assertThat(thrown).hasMessage(table.substring(middle + 5).stripTrailing());
    }
}
