package io.sealos.oci;

import static io.sealos.oci.WriterFixture.copy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import io.sealos.oci.internal.recipe.CopyRecipe;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AddTests {
    private static final String[] UNPACKED = {
        "0755 0:0 dst/",
        "0644 0:0 dst/evil e",
        "0755 3:4 dst/top/",
        "4750 3:4 dst/top/f f",
        "4750 3:4 dst/top/g = dst/top/f",
        "0777 3:4 dst/top/l -> /etc"
    };

    @TempDir
    private Path directory;

    private WriterFixture image;

    @BeforeEach
    void makeContext() throws IOException {
        image = new WriterFixture(directory).file("plain", "p");
    }

    private static byte[] archive() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
            put(tar, entry("top/", TarConstants.LF_DIR, 0755), "");
            put(tar, entry("top/f", TarConstants.LF_NORMAL, 04750), "f");
            TarArchiveEntry link = entry("top/g", TarConstants.LF_LINK, 04750);
            link.setLinkName("top/f");
            put(tar, link, "");
            TarArchiveEntry symlink = entry("top/l", TarConstants.LF_SYMLINK, 0777);
            symlink.setLinkName("/etc");
            put(tar, symlink, "");
            TarArchiveEntry evil = entry("../../evil", TarConstants.LF_NORMAL, 0644);
            evil.setIds(0, 0);
            put(tar, evil, "e");
        }
        return bytes.toByteArray();
    }

    private static TarArchiveEntry entry(String name, byte type, int mode) {
        TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
        entry.setMode(mode);
        entry.setIds(3, 4);
        return entry;
    }

    private static void put(TarArchiveOutputStream tar, TarArchiveEntry entry, String content) throws IOException {
        put(tar, entry, content.getBytes(StandardCharsets.UTF_8));
    }

    private static void put(TarArchiveOutputStream tar, TarArchiveEntry entry, byte[] content) throws IOException {
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    private void context(String name, byte[] bytes) throws IOException {
        Files.write(image.context().resolve(name), bytes);
    }

    private static CopyRecipe add(String source) {
        return CopyRecipe.add(List.of(source), "/dst/", "Kubefile:2: ADD " + source + " /dst/");
    }

    @Test
    void addWhenFileIsTarByContentUnpacksItInsideTheDestination() throws IOException {
        context("t.txt", archive());
        assertThat(image.entries(image.write(add("t.txt")))).containsExactly(UNPACKED);
    }

    @Test
    void addWhenArchiveIsCompressedUnpacksIt() throws IOException {
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        ByteArrayOutputStream bzip2 = new ByteArrayOutputStream();
        ByteArrayOutputStream xz = new ByteArrayOutputStream();
        for (OutputStream out : List.of(
                new GZIPOutputStream(gzip), new BZip2CompressorOutputStream(bzip2), new XZCompressorOutputStream(xz))) {
            out.write(archive());
            out.close();
        }
        for (ByteArrayOutputStream compressed : List.of(gzip, bzip2, xz)) {
            context("t", compressed.toByteArray());
            assertThat(image.entries(image.write(add("t")))).containsExactly(UNPACKED);
        }
    }

    @Test
    void addWhenFileIsNoArchiveCopiesIt() throws IOException {
        context("x.tar", new byte[1024]);
        assertThat(image.entries(image.write(add("x.tar"))))
                .anyMatch(line -> line.contains("dst/x.tar"))
                .hasSize(2);
    }

    @Test
    void addWhenArchiveIsCutOffIsRefused() throws IOException {
        byte[] noise = new byte[1 << 16];
        new Random(1).nextBytes(noise);
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(gzip))) {
            put(tar, entry("noise", TarConstants.LF_NORMAL, 0644), noise);
        }
        context("t.tar.gz", Arrays.copyOf(gzip.toByteArray(), 1 << 15));
        assertThatExceptionOfType(BuildRefusedException.class)
                .isThrownBy(() -> image.write(add("t.tar.gz")))
                .withMessage("Kubefile:2: ADD t.tar.gz /dst/: '"
                        + image.context().resolve("t.tar.gz")
                        + "' cannot be unpacked: it ends too early; copy or download it again");
        assertThat(image.leftovers()).isEmpty();
    }

    @Test
    void addWhenArchiveIsOfZstdUnpacksIt() throws IOException {
        ByteArrayOutputStream zstd = new ByteArrayOutputStream();
        try (OutputStream out = new ZstdOutputStreamNoFinalizer(zstd)) {
            out.write(archive());
        }
        context("t.tar.zst", zstd.toByteArray());
        context("t.tar", archive());
        assertThat(image.entries(image.write(add("t.tar.zst"))))
                .isEqualTo(image.entries(image.write(add("t.tar"))))
                .isNotEmpty();
    }

    @Test
    void copyWhenFileIsOnTheWayIsRefused() throws IOException {
        assertThatExceptionOfType(BuildRefusedException.class)
                .isThrownBy(() -> image.write(copy("plain", "/p"), copy("plain", "/p/q")))
                .withMessage("Kubefile:2: COPY plain /p/q: the directory '/p' cannot be made: 'p' already exists and is"
                        + " not a directory; choose another destination, or leave that file out");
    }

    @Test
    void copyWhenFileIsArchiveKeepsIt() throws IOException {
        context("t.tar", archive());
        assertThat(image.entries(image.write(copy("t.tar", "/t")))).hasSize(1);
    }

    private void assertRefused(byte[] tar, String why) throws IOException {
        context("t.tar", tar);
        assertThatExceptionOfType(BuildRefusedException.class)
                .isThrownBy(() -> image.write(add("t.tar")))
                .withMessage("Kubefile:2: ADD t.tar /dst/: " + why);
    }

    @Test
    void addWhenLinkLeadsOutOfTheDestinationIsRefused() throws IOException {
        assertRefused(
                TestBase.tar("l 0777 0:0 out /etc", "f 0644 0:0 out/passwd x"),
                "'out/passwd' in the archive lies below 'out', a symbolic link to '/etc', which leads to no directory"
                        + " in the destination '/dst'; pack it where it belongs");
        context("t.tar", TestBase.tar("d 0755 0:0 etc/", "l 0777 0:0 out ../../../etc", "f 0644 0:0 out/passwd x"));
        assertThat(image.entries(image.write(add("t.tar")))).contains("0644 0:0 dst/etc/passwd x");
    }

    @Test
    void addWhenMemberMakesNoSenseIsRefused() throws IOException {
        assertRefused(
                TestBase.tar("f 0644 0:0 a x", "f 0644 0:0 a/b x"),
                "'a/b' in the archive lies below 'a', which is not a directory; remove one of them");
        assertRefused(
                TestBase.tar("h 0644 0:0 a missing"),
                "'a' in the archive is a hard link to 'missing', which is not an earlier file; pack that file before it, or pack"
                        + " it without hard links");
        assertRefused(
                TestBase.tar("f 0644 0:0 " + "n".repeat(256) + " x"),
                "'" + "n".repeat(256)
                        + "' in the archive has a name of more than 255 bytes; pack it under another one");
        assertRefused(
                TestBase.tar("f 0644 0:0 . x"),
                "'.' in the archive would take the place of the destination; pack it under a name");
    }

    @Test
    void addWhenHardLinkHasOtherAttributesGivesThemToAllNames() throws IOException {
        Files.createDirectories(image.context().resolve("d"));
        Files.writeString(image.context().resolve("d/one"), "1");
        Files.createLink(image.context().resolve("d/two"), image.context().resolve("d/one"));
        context("t.tar", TestBase.tar("h 0600 3:4 three one"));
        List<String> entries = image.entries(image.write(copy("d", "/dst"), add("t.tar")));
        assertThat(entries.subList(entries.size() - 3, entries.size()))
                .containsExactly("0600 3:4 dst/one 1", "0600 3:4 dst/three = dst/one", "0600 3:4 dst/two = dst/one");
    }

    @Test
    void addWhenWordsFollowTheCompressedArchiveLeavesThemOut() throws IOException {
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(gzip)) {
            out.write(archive());
        }
        gzip.write("and more".getBytes(StandardCharsets.UTF_8));
        context("t.tgz", gzip.toByteArray());
        assertThat(image.entries(image.write(add("t.tgz")))).containsExactly(UNPACKED);
    }

    @Test
    void copyWhenDestinationIsDeadLinkMakesTheDirectory() throws IOException {
        Files.createDirectories(image.context().resolve("d"));
        Files.createSymbolicLink(image.context().resolve("d/link"), Path.of("/new/dir"));
        assertThat(image.entries(image.write(copy("d", "/"), copy("plain", "/link"))))
                .containsExactly(
                        "0777 0:0 link -> /new/dir", "0755 0:0 new/", "0755 0:0 new/dir/", "0644 0:0 new/dir/plain p");
    }

    @Test
    void addWhenDirectoryIsReplacedTwiceHidesWhatItHadBefore() throws IOException {
        image.file("d/e/old", "old");
        context("t.tar", TestBase.tar("f 0644 0:0 e x", "d 0700 0:0 e/", "f 0644 0:0 e/new n"));
        assertThat(image.entries(image.write(copy("d", "/dst"), add("t.tar"))))
                .endsWith("0700 0:0 dst/e/", "0644 0:0 dst/e/.wh..wh..opq ", "0644 0:0 dst/e/new n");
    }
}
