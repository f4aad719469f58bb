package io.sealos.images.internal.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sealos.images.internal.helm.EngineAnswer.Outcome;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineAnswerTests {
    @TempDir
    Path directory;

    @Test
    void readWhenOutputWasWrittenIsTheSame() throws IOException {
        String output = "---\n\ngröße: 1\n";

        EngineAnswer answer = throughFile(EngineAnswer.rendered("1.31.0", output.getBytes(StandardCharsets.UTF_8)));

        assertThat(answer.outcome()).isEqualTo(Outcome.RENDERED);
        assertThat(answer.version()).isEqualTo("1.31.0");
        assertThat(answer.text()).isEqualTo(output);
        assertThat(directory).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void readWhenRefusalWasWrittenIsTheSame() throws IOException {
        EngineAnswer answer = throughFile(EngineAnswer.refused(" chart requires\nkubeVersion: >=9 ünd mehr "));

        assertThat(answer.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(answer.version()).isEmpty();
        assertThat(answer.text()).isEqualTo("chart requires\nkubeVersion: >=9 ünd mehr");
        assertThat(answer.isRefusalWith("kubeVersion")).isTrue();
        assertThat(answer.isRefusalWith("values")).isFalse();
    }

    @Test
    void refusedWhenReasonIsLongKeepsItsEnds() {
        String reason = "first " + "x".repeat(5000) + " last";

        assertThat(EngineAnswer.refused(reason).text())
                .startsWith("first ")
                .contains(" … ")
                .endsWith(" last")
                .hasSize(2003);
    }

    @Test
    void textWhenOutputIsNoUtf8ReplacesWhatCannotBeRead() {
        byte[] output = {'a', (byte) 0xff, 'b'};

        assertThat(EngineAnswer.rendered("1.31.0", output).text()).isEqualTo("a\ufffdb");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "RENDERED", "RENDERED 1.31.0"})
    void readWhenFileEndsEarlySaysSo(String content) throws IOException {
        Path file = Files.writeString(directory.resolve("0.answer"), content);

        assertThatExceptionOfType(EOFException.class)
                .isThrownBy(() -> EngineAnswer.read(file))
                .withMessage("the answer of the Helm engine ends early");
    }

    private EngineAnswer throughFile(EngineAnswer answer) throws IOException {
        Path file = directory.resolve("0.answer");
        answer.write(file);
        return EngineAnswer.read(file);
    }
}
