package io.sealos.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no sh")
class ExternalProcessTests {
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    private Path directory;

    private static ProcessBuilder shell(String script) {
        return new ProcessBuilder("sh", "-c", script);
    }

    @Test
    void endsWithinWhenProgramEndsHasItsStatus() throws Exception {
        try (ExternalProcess process = ExternalProcess.start(shell("exit 7"))) {
            assertThat(process.endsWithin(LONG)).isTrue();
            assertThat(process.status()).isEqualTo(7);
        }
    }

    @Test
    void startWithoutInputWhenProgramReadsItsInputFindsItsEnd() throws Exception {
        try (ExternalProcess process = ExternalProcess.startWithoutInput(shell("cat; exit 3"))) {
            assertThat(process.endsWithin(LONG)).isTrue();
            assertThat(process.status()).isEqualTo(3);
        }
    }

    @Test
    void startWhenProgramIsMissingFails() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> ExternalProcess.start(
                        new ProcessBuilder(directory.resolve("none").toString())));
    }

    @Test
    void closeWhenProgramAndItsChildStillRunEndsBoth() throws Exception {
        ExternalProcess process = ExternalProcess.start(shell("sleep 600 & echo begun; wait"));
        assertThat(process.process().getInputStream().read()).isEqualTo('b');
        ProcessHandle child = process.process().children().findFirst().orElseThrow();
        assertThat(process.endsWithin(Duration.ofMillis(1))).isFalse();

        process.close();

        assertThat(process.process().isAlive()).isFalse();
        assertThat(child.onExit().get(1, TimeUnit.MINUTES).isAlive()).isFalse();
    }

    @Test
    void closeWhenThreadIsInterruptedEndsTheProgramAndKeepsTheInterrupt() throws Exception {
        ExternalProcess process = ExternalProcess.start(shell("exec sleep 600"));
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> process.endsWithin(LONG));
        Thread.currentThread().interrupt();

        process.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(process.process().isAlive()).isFalse();
    }

    @Test
    void beginningWhenFileIsLongHasItsFirstBytesOnly() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "  a word and more\n");

        assertThat(ExternalProcess.beginning(file, 8)).isEqualTo("a word");
        assertThat(ExternalProcess.beginning(file, 100)).isEqualTo("a word and more");
    }
}
