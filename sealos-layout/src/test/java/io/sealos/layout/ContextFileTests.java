package io.sealos.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContextFileTests {
    @TempDir
    private Path context;

    @Test
    void textWhenHeadWasReadBeforeIsWhole() throws IOException {
        String text = "0123456789".repeat(1000);
        ContextFile file = file("long", text.getBytes(StandardCharsets.UTF_8));

        assertThat(file.head()).hasSize(4096);
        assertThat(file.text()).contains(text);
        assertThat(file.bytes().remaining()).isEqualTo(10_000);
        assertThat(file.bytes().isReadOnly()).isTrue();
        assertThat(file.head()).hasSize(4096);
    }

    @Test
    void textWhenTheBeginningHasAZeroIsNone() throws IOException {
        byte[] binary = new byte[5000];

        assertThat(file("binary", binary).text()).isEmpty();
        assertThat(file("binary", binary).bytes().remaining()).isEqualTo(5000);
    }

    @Test
    void bytesWhenFileIsLongerThanATextAreNone() throws IOException {
        byte[] large = "a".repeat(ContextFile.LONGEST_TEXT + 1).getBytes(StandardCharsets.UTF_8);

        assertThat(file("large", large).bytes().remaining()).isZero();
        assertThat(file("large", large).text()).isEmpty();
        assertThat(file("large", large).head()).hasSize(4096);
    }

    @Test
    void textWhenFileCannotBeReadIsNone() throws IOException {
        ContextFile file = file("gone", "a".getBytes(StandardCharsets.UTF_8));
        Files.delete(context.resolve("gone"));

        assertThat(file.text()).isEmpty();
        assertThat(file.lines()).isEmpty();
    }

    @Test
    void textWhenThreadIsInterruptedIsNotTakenForNone() throws IOException {
        ContextFile file = file("text", "a".getBytes(StandardCharsets.UTF_8));
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(file::text)
                .withMessageEndingWith("interrupted while files were looked at");
        assertThat(Thread.interrupted()).isTrue();
    }

    private ContextFile file(String name, byte[] content) throws IOException {
        Files.writeString(context.resolve("Kubefile"), "FROM scratch\nCOPY . .\n");
        Files.write(context.resolve(name), content);
        return ClusterImageLayout.open(context).file(name).orElseThrow();
    }
}
