package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The phase in which an archive is written, on a disk in memory that is full when the buffered last bytes are written.
 */
class ArchivePhaseTests {
    @TempDir
    private Path directory;

    @Test
    void writeToWhenTheDiskIsFullAtTheEndReportsAnIncompletePhaseAndLeavesNoArchive() throws IOException {
        Files.writeString(directory.resolve("Kubefile"), "FROM scratch\nCOPY a a\n");
        Files.write(directory.resolve("a"), new byte[20_000]);
        List<BuildEvent> events = new ArrayList<>();
        Configuration small = Configuration.unix().toBuilder()
                .setBlockSize(1024)
                .setMaxSize(32 * 1024)
                .build();
        try (FileSystem disk = Jimfs.newFileSystem(small)) {
            Path archive = disk.getPath("/work/image.tar");

            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> ClusterImage.builder()
                            .context(directory)
                            .contentStore(directory.resolveSibling("store"))
                            .compression(LayerCompression.NONE)
                            .listener(events::add)
                            .build()
                            .writeTo(OciLayout.archive(archive)))
                    .withMessageStartingWith("/work/image.tar cannot be written: ");
            try (Stream<Path> left = Files.list(disk.getPath("/work"))) {
                assertThat(left.map(Path::toString)).noneMatch(file -> file.contains("image.tar"));
            }
        }
        assertThat(events)
                .contains(new PhaseEvent.Ended(BuildPhase.WRITE, BuildOutcome.FAILED))
                .doesNotContain(new PhaseEvent.Ended(BuildPhase.WRITE, BuildOutcome.COMPLETE));
    }
}
