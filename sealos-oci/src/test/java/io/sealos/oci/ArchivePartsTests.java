package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchivePartsTests {
    private static final PartSize SMALL = PartSize.ofBytes(10_000);
    private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000_000_000L);

    @TempDir
    private Path directory;

    private Path out;

    @BeforeEach
    void createContext() throws IOException {
        out = Files.createDirectories(directory.resolve("out"));
        context("Kubefile", "FROM scratch\nLABEL a=b\nCOPY opt opt\n");
        content(1, 40_000);
    }

    private void context(String file, String text) throws IOException {
        Path path = directory.resolve("context").resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private void content(int seed, int size) throws IOException {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        Files.write(Files.createDirectories(directory.resolve("context/opt")).resolve("a"), bytes);
    }

    private ClusterImage image() throws IOException {
        return ClusterImage.builder()
                .context(directory.resolve("context"))
                .contentStore(directory.resolve("store"))
                .compression(LayerCompression.NONE)
                .tag("app:1")
                .build();
    }

    private Path archive() {
        return out.resolve("app.tar");
    }

    private Path partsFile() {
        return out.resolve("app.tar.parts.json");
    }

    private ArchiveParts parts(PartSize size) {
        return OciLayout.archive(archive()).inParts(size);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(out)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private byte[] joined() throws IOException {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (String name : files()) {
            if (name.matches("app[.]tar[.][0-9]+")) {
                joined.write(Files.readAllBytes(out.resolve(name)));
            }
        }
        return joined.toByteArray();
    }

    private byte[] whole() throws IOException {
        Path whole = directory.resolve("whole.tar");
        image().writeTo(OciLayout.archive(whole));
        return Files.readAllBytes(whole);
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    @Test
    void writeToWhenJoinedGivesTheBytesOfTheArchive() throws Exception {
        image().writeTo(parts(SMALL));

        assertThat(files())
                .containsExactly(
                        "app.tar.001",
                        "app.tar.002",
                        "app.tar.003",
                        "app.tar.004",
                        "app.tar.005",
                        "app.tar.parts.json",
                        "app.tar.sha256");
        byte[] whole = whole();
        assertThat(joined()).isEqualTo(whole);
        assertThat(Files.readString(out.resolve("app.tar.sha256")))
                .isEqualTo(Stream.of("001", "002", "003", "004", "005")
                        .map(number -> hashed("app.tar." + number))
                        .collect(Collectors.joining()));
        assertThat(Files.readString(partsFile()))
                .startsWith(
                        "{\"archive\":\"app.tar\",\"size\":" + whole.length + ",\"digest\":\"sha256:" + sha256(whole)
                                + "\",\"parts\":[{\"name\":\"app.tar.001\",\"size\":10000,\"digest\":\"sha256:");
    }

    private String hashed(String name) {
        try {
            return sha256(Files.readAllBytes(out.resolve(name))) + "  " + name + "\n";
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void inspectWhenGivenThePartsFileReadsTheImageAcrossTheParts() throws IOException {
        image().writeTo(parts(SMALL));
        image().writeTo(OciLayout.archive(directory.resolve("whole.tar")));

        InspectedImage inspected = ClusterImage.inspect(OciLayout.archive(partsFile()));

        assertThat(inspected).isEqualTo(ClusterImage.inspect(OciLayout.archive(directory.resolve("whole.tar"))));
        assertThat(inspected.labels()).containsEntry("a", "b");
        assertThat(ArchiveParts.verify(partsFile()).toString())
                .isEqualTo(partsFile() + ": 5 parts, " + joined().length + " bytes, 0 missing or damaged");
    }

    @Test
    void buildWhenTheBaseImageIsInPartsReadsItsLayers() throws IOException {
        image().writeTo(parts(SMALL));
        Files.createDirectories(directory.resolve("next"));
        Files.writeString(directory.resolve("next/Kubefile"), "FROM app:1\nCOPY Kubefile Kubefile\n");

        BuildResult result = ClusterImage.builder()
                .context(directory.resolve("next"))
                .contentStore(directory.resolve("store"))
                .baseImage("app:1", OciLayout.archive(partsFile()))
                .build()
                .writeTo(OciLayout.directory(directory.resolve("layout")));

        assertThat(result.layers()).hasSize(2);
        assertThat(OciLayoutVerifier.verify(directory.resolve("layout")).mismatches())
                .isEmpty();
    }

    @Test
    void inspectWhenAPartIsMissingOrDamagedNamesExactlyThatPart() throws IOException {
        image().writeTo(parts(SMALL));
        for (int number = 1; number <= 5; number++) {
            Path part = out.resolve("app.tar.00" + number);
            byte[] right = Files.readAllBytes(part);

            Files.delete(part);
            assertDamage(number, "is missing");

            Files.write(part, new byte[7]);
            assertDamage(number, "has 7 bytes instead of " + right.length);

            byte[] wrong = right.clone();
            wrong[right.length / 2] ^= 1;
            Files.write(part, wrong);
            assertDamage(number, "is damaged: its digest is ");

            Files.delete(part);
            Files.createDirectory(part);
            assertDamage(number, "is not a file");

            Files.delete(part);
            Files.write(part, right);
        }
        assertThat(ArchiveParts.verify(partsFile()).isComplete()).isTrue();
    }

    private void assertDamage(int number, String problem) throws IOException {
        PartsReport report = ArchiveParts.verify(partsFile());
        assertThat(report.numbers()).containsExactly(number);
        assertThat(report.toString()).contains("\napp.tar.00" + number + " " + problem);
        assertThatIOException()
                .isThrownBy(() -> ClusterImage.inspect(OciLayout.archive(partsFile())))
                .withMessageStartingWith(partsFile() + " cannot be read: app.tar.00" + number + " " + problem)
                .withMessageEndingWith(
                        "; copy these parts again, or write them again with ArchiveParts.only(" + number + ")");
    }

    @Test
    void writeToWhenRepeatedWritesOnlyThePartsThatAreNotThere() throws Exception {
        image().writeTo(parts(SMALL));
        byte[] joined = joined();
        for (int number = 1; number <= 5; number++) {
            Files.setLastModifiedTime(out.resolve("app.tar.00" + number), LONG_AGO);
        }
        Files.delete(partsFile());
        Files.delete(out.resolve("app.tar.002"));
        Files.write(out.resolve("app.tar.004"), new byte[10_000]);
        Files.write(out.resolve("app.tar.005"), new byte[20_000]);

        image().writeTo(parts(SMALL));

        assertThat(joined()).isEqualTo(joined);
        assertThat(ArchiveParts.verify(partsFile()).isComplete()).isTrue();
        List<String> kept = new ArrayList<>();
        for (String name : files()) {
            if (Files.getLastModifiedTime(out.resolve(name)).equals(LONG_AGO)) {
                kept.add(name);
            }
        }
        assertThat(kept).containsExactly("app.tar.001", "app.tar.003");
    }

    @Test
    void writeToWhenTheImageIsSmallerThanBeforeDeletesThePartsBeyondTheLastOne() throws IOException {
        image().writeTo(parts(PartSize.ofBytes(1024)));
        Files.writeString(out.resolve("app.tar.old"), "");
        Files.writeString(out.resolve("app.tar.0001"), "");
        content(2, 100);

        image().writeTo(parts(SMALL));

        assertThat(files()).containsExactly("app.tar.001", "app.tar.old", "app.tar.parts.json", "app.tar.sha256");
        assertThat(joined()).isEqualTo(whole());
    }

    @Test
    void onlyWhenTheBuildIsTheSameWritesThesePartsAgain() throws IOException {
        image().writeTo(parts(SMALL));
        byte[] joined = joined();
        byte[] description = Files.readAllBytes(partsFile());
        Files.delete(out.resolve("app.tar.002"));
        Files.write(out.resolve("app.tar.005"), new byte[3]);
        Files.delete(out.resolve("app.tar.001"));

        image().writeTo(parts(SMALL).only(5, 2));

        assertThat(files()).doesNotContain("app.tar.001");
        assertThat(ArchiveParts.verify(partsFile()).numbers()).containsExactly(1);
        image().writeTo(parts(SMALL).only(1));
        assertThat(joined()).isEqualTo(joined);
        assertThat(partsFile()).hasBinaryContent(description);
    }

    @Test
    void onlyWhenThereIsNothingElseWritesThePartAndItsDescription() throws IOException {
        image().writeTo(parts(SMALL).only(3));

        assertThat(files()).containsExactly("app.tar.003", "app.tar.parts.json", "app.tar.sha256");
        assertThat(ArchiveParts.verify(partsFile()).numbers()).containsExactly(1, 2, 4, 5);
    }

    @Test
    void onlyWhenTheBuildIsAnotherReplacesNothing() throws IOException {
        image().writeTo(parts(SMALL));
        byte[] joined = joined();
        content(3, 40_000);

        assertThatIOException()
                .isThrownBy(() -> image().writeTo(parts(SMALL).only(2)))
                .withMessage(partsFile() + " lists other parts than this build makes; build from the lock file and the"
                        + " directory of that archive with the same size of parts, or write all parts again");
        Files.move(partsFile(), directory.resolve("kept"));
        assertThatIOException()
                .isThrownBy(() -> image().writeTo(parts(SMALL).only(2)))
                .withMessageStartingWith(out.resolve("app.tar.sha256") + " lists other parts than this build makes; ");
        Files.move(directory.resolve("kept"), partsFile());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> image().writeTo(parts(SMALL).only(6)))
                .withMessage("there is no part 6; " + archive() + " has 5 parts");

        assertThat(joined()).isEqualTo(joined);
        assertThat(ArchiveParts.verify(partsFile()).isComplete()).isTrue();
    }

    @Test
    void onlyWhenANumberIsWrongRefusesIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parts(SMALL).only())
                .withMessage("there is no number of a part; name at least one, from 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parts(SMALL).only(2, 0))
                .withMessage("there is no part 0; parts are counted from 1");
    }

    @Test
    void writeToWhenThereAreTenThousandPartsSortsThemByName() throws IOException {
        content(4, 10_000 * 1024 - 8 * 1024);

        image().writeTo(parts(PartSize.ofBytes(1024)));

        assertThat(files())
                .contains("app.tar.00001", "app.tar.09999", "app.tar.10000")
                .doesNotContain("app.tar.001");
        assertThat(joined()).isEqualTo(whole());
        assertThat(ClusterImage.inspect(OciLayout.archive(partsFile())).labels())
                .containsEntry("a", "b");
    }

    @Test
    void writeToWhenThereWouldBeTooManyPartsRefusesIt() throws IOException {
        content(5, 10_001 * 1024);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> image().writeTo(parts(PartSize.ofBytes(1024))))
                .withMessageMatching(
                        ".*/app[.]tar would have 100[0-9]{2} parts of 1024 bytes, but an archive has at most"
                                + " 10000; use larger parts");
        assertThat(files()).isEmpty();
    }

    @Test
    void writeToWhenTheDiskIsFullKeepsTheCompletePartsForTheNextCall() throws IOException {
        Configuration small = Configuration.unix().toBuilder()
                .setBlockSize(1024)
                .setMaxSize(80 * 1024)
                .build();
        try (FileSystem disk = Jimfs.newFileSystem(small)) {
            Path full = disk.getPath("/work/app.tar");

            assertThatIOException()
                    .isThrownBy(() -> image().writeTo(OciLayout.archive(full).inParts(SMALL)))
                    .withMessageStartingWith("/work/app.tar cannot be written: ");

            try (Stream<Path> left = Files.list(disk.getPath("/work"))) {
                assertThat(left.map(Path::toString))
                        .contains("/work/app.tar.001")
                        .doesNotContain("/work/app.tar.parts.json")
                        .allMatch(file -> file.matches("/work/app[.]tar[.][0-9]+"));
            }
        }
    }

    @Test
    void writeToWhenACopyWouldCopyThePartsRefusesIt() throws IOException {
        context("Kubefile", "FROM scratch\nCOPY . .\n");
        Path inside = directory.resolve("context/app.tar");

        assertThatExceptionOfType(BuildRefusedException.class)
                .isThrownBy(() -> image().writeTo(OciLayout.archive(inside).inParts(SMALL)));
    }

    @Test
    void inPartsWhenThereIsNoArchiveRefusesIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OciLayout.directory(Path.of("layout")).inParts(SMALL))
                .withMessage("oci:layout is a directory, which has no parts; use OciLayout.archive(file).inParts(10000"
                        + " bytes)");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> OciLayout.archive(Path.of("app.tar.parts.json")).inParts(SMALL))
                .withMessage(
                        "app.tar.parts.json is the name of a parts file; name the archive, such as app.tar, and the"
                                + " parts file is written beside it");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> image().writeTo(OciLayout.archive(partsFile())))
                .withMessageStartingWith(partsFile() + " is the name of a parts file; ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PartSize.ofBytes(1023))
                .withMessage("a part of 1023 bytes is too small; use at least 1024");
    }

    @Test
    void verifyWhenThereIsNoPartsFileSaysThatItIsWrittenLast() {
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> ArchiveParts.verify(partsFile()))
                .withMessage(
                        partsFile() + ": there is no such parts file; it is written last, when all parts are complete");
    }

    @Test
    void toStringWhenCalledNamesArchiveAndParts() {
        ArchiveParts parts = OciLayout.archive(Path.of("app.tar")).inParts(PartSize.CD);

        assertThat(parts).hasToString("oci-archive:app.tar in parts of 734003200 bytes");
        assertThat(parts.only(3, 1)).hasToString("oci-archive:app.tar in parts of 734003200 bytes (only 1, 3)");
        assertThat(parts).isEqualTo(OciLayout.archive(Path.of("app.tar")).inParts(PartSize.ofBytes(700 << 20)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"app:1.0.tar", "a\\b.tar", "a\nb.tar"})
    void inPartsWhenPartsCannotHaveTheNameEverywhereThrowsException(String name) {
        OciLayout layout = OciLayout.archive(Path.of(name));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> layout.inParts(SMALL))
                .withMessage(name.replace("\n", "\\n")
                        + " cannot be written in parts: not all file systems take a name with a colon, a backslash or"
                        + " a control character; choose another name");
    }

    @Test
    void writeToWhenFilesEndWithADateKeepsThem() throws IOException {
        List<String> others = List.of("app.tar.000", "app.tar.20231205", "app.tar.10001", "app.tar.123456789012345");
        for (String other : others) {
            Files.writeString(out.resolve(other), "kept");
        }
        Files.writeString(out.resolve("app.tar.0900"), "a part of an earlier archive");

        image().writeTo(parts(SMALL));

        assertThat(files()).containsAll(others).doesNotContain("app.tar.0900");
    }

    @Test
    void verifyWhenPathIsADirectoryThrowsException() {
        assertThatIOException()
                .isThrownBy(() -> ArchiveParts.verify(out))
                .withMessage(out
                        + ": is a directory and not a file; name the parts file of an archive, such as"
                        + " app.tar.parts.json");
    }
}
