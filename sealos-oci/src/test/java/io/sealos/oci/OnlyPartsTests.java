package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class OnlyPartsTests extends PartsFixture {
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
}
