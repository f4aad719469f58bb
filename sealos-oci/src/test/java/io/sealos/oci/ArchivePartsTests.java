package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchivePartsTests extends PartsFixture {
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
        StringBuilder sums = new StringBuilder();
        for (String name : files().subList(0, 5)) {
            sums.append(sha256(Files.readAllBytes(out.resolve(name))))
                    .append("  ")
                    .append(name)
                    .append('\n');
        }
        assertThat(out.resolve("app.tar.sha256")).hasContent(sums.toString());
        assertThat(Files.readString(partsFile()))
                .startsWith(
                        "{\"archive\":\"app.tar\",\"size\":" + whole.length + ",\"digest\":\"sha256:" + sha256(whole)
                                + "\",\"parts\":[{\"name\":\"app.tar.001\",\"size\":10000,\"digest\":\"sha256:");
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
                        "; copy this part again, or write only part " + number + " again (ArchiveParts.only)");
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
        context(".dockerignore", "*.tar\n");
        Path inside = directory.resolve("context/app.tar");

        assertThatExceptionOfType(BuildRefusedException.class)
                .isThrownBy(() -> image().writeTo(OciLayout.archive(inside).inParts(SMALL)))
                .withMessage(
                        "app.tar.001: the output is in the context directory, and a COPY would copy it into the next"
                                + " image; write it elsewhere, or exclude it with a line 'app.tar.*' in the ignore file, such as"
                                + " .dockerignore");
        context(".dockerignore", "app.tar.*\n");
        image().writeTo(OciLayout.archive(inside).inParts(SMALL));
        byte[] first = Files.readAllBytes(inside.resolveSibling("app.tar.parts.json"));
        image().writeTo(OciLayout.archive(inside).inParts(SMALL));
        assertThat(inside.resolveSibling("app.tar.parts.json")).hasBinaryContent(first);
    }

    @Test
    void writeToWhenAPartIsADirectoryNamesIt() throws IOException {
        Files.createDirectory(out.resolve("app.tar.002"));

        assertThatIOException()
                .isThrownBy(() -> image().writeTo(parts(SMALL)))
                .withMessage(
                        out.resolve("app.tar.002") + " is a directory, where a part of the archive is written; move"
                                + " it away, or name another archive");
        assertThat(files()).containsExactly("app.tar.001", "app.tar.002");
    }

    @Test
    void writeToWhenInterruptedKeepsTheCompletePartsAndNothingElse() throws IOException {
        StringBuilder steps = new StringBuilder("FROM scratch\n");
        for (int i = 0; i < 9; i++) {
            context("layer" + i, String.valueOf(i).repeat(600_000));
            steps.append("COPY layer").append(i).append(" .\n");
        }
        context("Kubefile", steps.toString());
        PartSize size = PartSize.ofBytes(600_000);
        ClusterImage image = builder()
                .listener(event -> {
                    if (Files.exists(out.resolve("app.tar.002"))) {
                        Thread.currentThread().interrupt();
                    }
                })
                .build();

        assertThatExceptionOfType(InterruptedIOException.class).isThrownBy(() -> image.writeTo(parts(size)));

        assertThat(Thread.interrupted()).as("the status is kept").isTrue();
        assertThat(files())
                .contains("app.tar.001", "app.tar.002")
                .doesNotContain("app.tar.009", "app.tar.parts.json", "app.tar.sha256")
                .allMatch(name -> name.startsWith("app.tar.00"));
        image().writeTo(parts(size));
        assertThat(joined()).isEqualTo(whole());
    }

    @Test
    void inPartsWhenThereIsNoArchiveRefusesIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OciLayout.directory(Path.of("layout")).inParts(SMALL))
                .withMessage("oci:layout is a directory, which has no parts; name an archive (OciLayout.archive)");
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

    @Test
    void verifyWhenListenerIsGivenTellsEachPart() throws IOException {
        image().writeTo(parts(SMALL));
        Files.delete(out.resolve("app.tar.002"));
        EventLedger ledger = new EventLedger();

        PartsReport report = ArchiveParts.verify(partsFile(), ledger);

        assertThat(report.numbers()).containsExactly(2);
        assertThat(report.damages()).hasToString("[app.tar.002 is missing]");
        ledger.verify();
        assertThat(ledger.phase(BuildPhase.VERIFY).items().done()).isEqualTo(5);
        assertThat(ledger.phase(BuildPhase.VERIFY).bytes().done()).isEqualTo(report.bytes());
    }

    @Test
    void inspectWhenOnlyThePartsAreThereNamesThePartsFile() throws IOException {
        image().writeTo(parts(SMALL));

        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> ClusterImage.inspect(OciLayout.archive(archive())))
                .withMessage(archive() + ": there is no such archive, but its parts; name app.tar.parts.json");
        assertThatIOException()
                .isThrownBy(() -> ClusterImage.inspect(OciLayout.archive(out.resolve("app.tar.002"))))
                .withMessage(out.resolve("app.tar.002") + " is one part of an archive; name app.tar.parts.json");
        assertThat(ClusterImage.inspect(parts(SMALL)).layers()).hasSize(1);
        assertThat(parts(SMALL).partsFile()).isEqualTo(partsFile());
    }

    @Test
    void writeToWhenStagingIsElsewhereLeavesNoSecondCopyBesideTheParts() throws IOException {
        Path staging = directory.resolve("staging");
        List<String> beside = new ArrayList<>();
        ClusterImage image = builder()
                .listener(event -> {
                    if (event instanceof PhaseEvent.FileFinished) {
                        beside.addAll(largeFiles(out));
                        assertThat(largeFiles(staging)).as("the layers").isNotEmpty();
                    }
                })
                .build();

        image.writeTo(parts(PartSize.ofBytes(5_000)).withStaging(staging));

        assertThat(beside).isEmpty();
        assertThat(joined()).isEqualTo(whole());
        assertThat(staging).as("a directory that the call created").doesNotExist();
        assertThat(parts(SMALL).withStaging(directory.resolve("context")).paths())
                .contains(directory.resolve("context"));
    }

    private static List<String> largeFiles(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toFile().length() > 30_000)
                    .filter(Files::isRegularFile)
                    .map(Path::toString)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
