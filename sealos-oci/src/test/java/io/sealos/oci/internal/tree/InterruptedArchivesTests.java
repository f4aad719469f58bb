package io.sealos.oci.internal.tree;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An interrupt while a file is looked at does not make it an ordinary file, or a broken archive. */
class InterruptedArchivesTests {
    @TempDir
    Path directory;

    /** A file that begins with these bytes, after which the thread is interrupted. */
    private record Interrupted(String hexStart) implements Content {
        @Override
        public long size() {
            return 1_000_000;
        }

        @Override
        public InputStream open() {
            return new SequenceInputStream(
                    new ByteArrayInputStream(HexFormat.of().parseHex(hexStart)), new InputStream() {
                        @Override
                        public int read() throws IOException {
                            throw new ClosedByInterruptException();
                        }

                        @Override
                        public int read(byte[] bytes, int offset, int length) throws IOException {
                            throw new ClosedByInterruptException();
                        }
                    });
        }

        @Override
        public String place() {
            return "file";
        }

        @Override
        public String identity() {
            return "identity";
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1f8b08000000000000ff", "425a6839314159265359", "fd377a585a000004", "61"})
    void plainTarWhenInterruptedThrowsTheInterruption(String start) {
        Archives archives = new Archives(() -> directory);

        assertThatExceptionOfType(ClosedByInterruptException.class)
                .isThrownBy(() -> archives.plainTar(new Interrupted(start)));
    }

    @Test
    void plainTarWhenInterruptedAfterTheFirstEntryThrowsTheInterruption() throws IOException {
        byte[] tar = Arrays.copyOf(archive(), 1024);
        Archives archives = new Archives(() -> directory);

        assertThatExceptionOfType(ClosedByInterruptException.class)
                .isThrownBy(
                        () -> archives.plainTar(new Interrupted(HexFormat.of().formatHex(tar))));
    }

    private static byte[] archive() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream out = new TarArchiveOutputStream(bytes)) {
            TarArchiveEntry entry = new TarArchiveEntry("file");
            entry.setSize(4096);
            out.putArchiveEntry(entry);
            out.write(new byte[4096]);
            out.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }
}
