package io.sealos.oci.internal.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sealos.oci.internal.work.WorkPool;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChunkedGzipTests {
    private static final Executor DIRECT = Runnable::run;

    @TempDir
    Path directory;

    private static final class Packed {
        private final byte[] stored;
        private final List<Chunk> chunks;

        Packed(byte[] stored, List<Chunk> chunks) {
            this.stored = stored;
            this.chunks = chunks;
        }

        byte[] stored() {
            return stored.clone();
        }

        List<Chunk> chunks() {
            return chunks;
        }
    }

    private static WorkPool on(Executor executor) {
        return WorkPool.of(1, Optional.of(executor));
    }

    private static Packed pack(byte[] tar, Executor executor, @Nullable EarlierChunks earlier, int part)
            throws IOException {
        ByteArrayOutputStream stored = new ByteArrayOutputStream();
        ChunkedGzip gzip = new ChunkedGzip(stored, on(executor), earlier);
        try (gzip) {
            for (int from = 0; from < tar.length; from += part) {
                gzip.write(tar, from, Math.min(part, tar.length - from));
            }
        }
        assertThat(unpack(stored.toByteArray())).isEqualTo(tar);
        return new Packed(stored.toByteArray(), gzip.chunks());
    }

    /** One member, and nothing behind it. */
    private static byte[] unpack(byte[] stored) throws IOException {
        ByteArrayInputStream in = new ByteArrayInputStream(stored);
        try (InputStream gzip = new GZIPInputStream(in)) {
            byte[] tar = gzip.readAllBytes();
            assertThat(in.available()).isZero();
            return tar;
        }
    }

    private static Packed fresh(byte[] tar) throws IOException {
        return pack(tar, DIRECT, EarlierChunks.NONE, 1 << 16);
    }

    /** A tar of texts, each of its own. */
    private static byte[] tar(List<String> names) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            for (String name : names) {
                byte[] text = text(name, 9000).getBytes(StandardCharsets.UTF_8);
                TarArchiveEntry entry = new TarArchiveEntry("charts/" + name);
                entry.setModTime(0);
                entry.setSize(text.length);
                tar.putArchiveEntry(entry);
                tar.write(text);
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static String text(String seed, int length) {
        Random random = new Random(seed.hashCode());
        StringBuilder lines = new StringBuilder();
        while (lines.length() < length) {
            lines.append("option-").append(random.nextInt(100_000)).append(" = value\n");
        }
        return lines.toString();
    }

    private static List<String> names(int count) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(String.format("file-%05d", i));
        }
        return names;
    }

    @Test
    void closeWhenThreadsAndPartsDifferGivesTheSameBytes() throws IOException {
        byte[] tar = tar(names(400));
        Packed first = fresh(tar);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            assertThat(pack(tar, threads, EarlierChunks.NONE, 1 << 18).stored()).isEqualTo(first.stored());
            assertThat(pack(tar, threads, EarlierChunks.NONE, 999).stored()).isEqualTo(first.stored());
            assertThat(pack(tar, work -> {}, EarlierChunks.NONE, 1 << 16).stored())
                    .as("of an executor that is busy for good")
                    .isEqualTo(first.stored());
        } finally {
            threads.shutdownNow();
        }
        assertThat(first.chunks()).hasSizeBetween(8, 15);
        Packed unnamed = pack(tar, DIRECT, null, 1 << 16);
        assertThat(unnamed.stored()).isEqualTo(first.stored());
        assertThat(unnamed.chunks()).isEmpty();
    }

    @Test
    void closeWhenBytesAreOfAnyLengthAndKindGivesThemBack() throws IOException {
        Random random = new Random(3);
        for (int length : new int[] {
            0, 1, 511, ChunkBoundaries.MOST - 1, ChunkBoundaries.MOST, ChunkBoundaries.MOST + 1, 3_000_000
        }) {
            byte[] noise = new byte[length];
            random.nextBytes(noise);
            fresh(noise);
            fresh(new byte[length]);
        }
    }

    @Test
    void closeWhenEntriesComeGoAndGrowCompressesTheirChunksOnly() throws IOException {
        Packed first = fresh(tar(names(400)));
        Path blob = Files.write(directory.resolve("blob"), first.stored());
        EarlierChunks earlier = new EarlierChunks(blob, first.chunks());
        List<String> changed = names(400);
        changed.remove(350);
        changed.add(200, "file-00199-new-with-a-longer-name");
        changed.set(20, "file-00020-other");
        byte[] tar = tar(changed);

        Packed second = pack(tar, DIRECT, earlier, 1 << 16);

        assertThat(second.stored()).isEqualTo(fresh(tar).stored());
        List<Chunk> made = new ArrayList<>(second.chunks());
        made.removeAll(first.chunks());
        assertThat(made).hasSizeBetween(3, 6);
    }

    @Test
    void closeWhenTheEarlierBlobIsDamagedGivesTheSameBytes() throws IOException {
        byte[] tar = tar(names(200));
        Packed first = fresh(tar);
        byte[] damaged = first.stored();
        for (int i = 1000; i < damaged.length; i += 1000) {
            damaged[i] ^= 1;
        }
        Path blob = Files.write(directory.resolve("blob"), damaged);
        assertThat(pack(tar, DIRECT, new EarlierChunks(blob, first.chunks()), 1 << 16)
                        .stored())
                .isEqualTo(first.stored());

        Files.write(blob, new byte[1]);
        assertThat(pack(tar, DIRECT, new EarlierChunks(blob, first.chunks()), 1 << 16)
                        .stored())
                .isEqualTo(first.stored());

        Files.delete(blob);
        assertThat(pack(tar, DIRECT, new EarlierChunks(blob, first.chunks()), 1 << 16)
                        .stored())
                .isEqualTo(first.stored());
    }

    /** The last chunk of one stream may be one in the middle of another. */
    @Test
    void closeWhenTheStreamEndsElsewhereTakesNoEndFromTheMiddle() throws IOException {
        byte[] whole = new byte[4 * ChunkBoundaries.MOST];
        new Random(5).nextBytes(whole);
        byte[] half = Arrays.copyOf(whole, 2 * ChunkBoundaries.MOST);
        Packed long1 = fresh(whole);
        Packed short1 = fresh(half);
        Path longBlob = Files.write(directory.resolve("long"), long1.stored());
        Path shortBlob = Files.write(directory.resolve("short"), short1.stored());

        assertThat(pack(half, DIRECT, new EarlierChunks(longBlob, long1.chunks()), 1 << 16)
                        .stored())
                .isEqualTo(short1.stored());
        assertThat(pack(whole, DIRECT, new EarlierChunks(shortBlob, short1.chunks()), 1 << 16)
                        .stored())
                .isEqualTo(long1.stored());
    }

    @Test
    void closeWhenTheDiskIsFullFails() {
        OutputStream full = new OutputStream() {
            private int left = 100_000;

            @Override
            public void write(int b) throws IOException {
                if (left-- <= 0) {
                    throw new IOException("No space left on device");
                }
            }
        };

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> {
                    try (ChunkedGzip gzip = new ChunkedGzip(full, on(DIRECT), EarlierChunks.NONE)) {
                        gzip.write(tar(names(400)));
                    }
                })
                .withMessage("No space left on device");
    }

    @Test
    void writeWhenTheExecutorIsBusyForGoodHoldsLittle() throws IOException {
        List<Runnable> held = new ArrayList<>();
        long before = bytesInUse();
        byte[] noise = new byte[1 << 20];
        new Random(9).nextBytes(noise);
        try (ChunkedGzip gzip = new ChunkedGzip(OutputStream.nullOutputStream(), on(held::add), EarlierChunks.NONE)) {
            for (int i = 0; i < 50; i++) {
                gzip.write(noise);
            }
        }

        assertThat(held).hasSizeGreaterThan(100);
        assertThat(bytesInUse() - before)
                .as("bytes more in use than before, of which 50 MiB would be the chunks")
                .isLessThan(25L << 20);
    }

    private static long bytesInUse() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void writeWhenTheExecutorTakesNoMoreDoesItAll() throws IOException {
        byte[] tar = tar(names(200));
        Executor full = work -> {
            throw new RejectedExecutionException("full");
        };

        assertThat(pack(tar, full, EarlierChunks.NONE, 1 << 16).stored())
                .isEqualTo(fresh(tar).stored());
    }

    @Test
    void closeWhenAFileIsFullOfHeadersMakesFewChunks() throws IOException {
        byte[] header = Arrays.copyOf(tar(names(1)), 512);
        Arrays.fill(header, 124, 135, (byte) '7');
        byte[] headers = new byte[4 << 20];
        for (int i = 0; i < headers.length; i += header.length) {
            System.arraycopy(header, 0, headers, i, header.length);
        }

        assertThat(fresh(headers).chunks()).hasSizeBetween(10, 64);
    }

    @Test
    void parseWhenChunkWasWrittenGivesItBack() {
        Chunk chunk = new Chunk("end-12", "34", 56);

        assertThat(Chunk.parse(chunk.toString())).isEqualTo(chunk).hasToString("end-12 34 56");
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> Chunk.parse("1 2"));
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> Chunk.parse("1 2 x"));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Chunk.parse("1 2 -1"))
                .withMessage("no chunk has -1 bytes: 1 2 -1");
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> Chunk.parse("1 2 999999999"));
    }
}
