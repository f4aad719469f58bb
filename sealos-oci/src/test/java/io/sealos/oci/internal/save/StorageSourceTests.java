package io.sealos.oci.internal.save;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sealos.images.ImageReference;
import io.sealos.images.ImageStorage;
import io.sealos.oci.ImageSaveException;
import io.sealos.oci.RegistryAccess;
import io.sealos.oci.internal.source.SaveRequest;
import io.sealos.oci.internal.source.StorageSource;
import io.sealos.oci.peers.Tools;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Images that programs copy out of the storages of this machine. */
class StorageSourceTests {
    private final TestImage image = new TestImage("amd64", "stored");

    @TempDir
    Path directory;

    @BeforeEach
    void needScripts() {
        assumeThat(FileSystems.getDefault().supportedFileAttributeViews())
                .as("scripts can be made executable")
                .contains("posix");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            DOCKER_DAEMON | docker | save team/app:1
            DOCKER_DAEMON | skopeo | copy docker-daemon:team/app:1 docker-archive:OUT
            CONTAINERS_STORAGE | podman | save team/app:1
            CONTAINERS_STORAGE | buildah | push team/app:1 docker-archive:OUT
            CONTAINERS_STORAGE | skopeo | copy containers-storage:team/app:1 docker-archive:OUT
            """)
    void savesTheImageWhenAProgramCopiesItOut(ImageStorage storage, String program, String arguments) throws Exception {
        Path archive = directory.resolve("app.tar");
        image.writeDockerArchive(archive);
        Path arrived = directory.resolve("arguments");
        Path script = script(program, """
                echo "$*" | sed 's/docker-archive:.*/docker-archive:OUT/' > '%s'
                for last in "$@"; do :; done
                case "$1" in
                save) cat '%s' ;;
                *) cp '%s' "${last#docker-archive:}" ;;
                esac
                """.formatted(arrived, archive, archive));

        SavedImages saved = save(new StorageSource(storage, script, "team/app:1"));

        assertThat(Files.readString(arrived)).isEqualTo(arguments + "\n");
        assertThat(saved.tree().files()).anyMatch(file -> file.path().contains("repositories/team/app/"));
    }

    @Test
    void failsInTheWordsOfTheProgramWhenItFails() throws IOException {
        Path script = script("buildah", "echo 'no such image' >&2; exit 125\n");

        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> save(new StorageSource(ImageStorage.CONTAINERS_STORAGE, script, "team/app:1")))
                .withMessageContaining("failed with status 125: no such image");
    }

    @Test
    void savesTheImageWhenBuildahHasIt() throws Exception {
        assumeThat(Tools.isInstalled("buildah")).as("buildah is there").isTrue();
        Path buildah = script(
                "buildah",
                "export STORAGE_DRIVER=vfs BUILDAH_ISOLATION=chroot\nexec buildah --root '%s' --runroot '%s' \"$@\"\n"
                        .formatted(directory.resolve("root"), directory.resolve("run")));
        Path file = Files.writeString(directory.resolve("file"), "content");
        Path kubefile = Files.writeString(directory.resolve("Kubefile"), "FROM scratch\nCOPY file /file\n");
        Tools.run(
                directory,
                buildah.toString(),
                "bud",
                "-t",
                "team/app:1",
                "-f",
                kubefile.toString(),
                directory.toString());
        Files.delete(file);

        SavedImages saved = save(new StorageSource(ImageStorage.CONTAINERS_STORAGE, buildah, "team/app:1"));

        assertThat(saved.images()).hasSize(1);
    }

    @Test
    void findsTheFirstProgramWhenSeveralAreThere() throws IOException {
        Path skopeo = script("skopeo", "");
        assertThat(ImageStorage.DOCKER_DAEMON.program(directory.toString())).contains(skopeo);
        Path docker = script("docker", "");
        assertThat(ImageStorage.DOCKER_DAEMON.program(":" + directory)).contains(docker);
        assertThat(ImageStorage.CONTAINERS_STORAGE.program("")).isEmpty();
        assertThat(ImageStorage.REGISTRY.program(directory.toString())).isEmpty();
    }

    private SavedImages save(StorageSource source) throws Exception {
        RegistryAccess access = RegistryAccess.builder().loginFiles(false).build();
        SaveRequest request = SaveRequest.of(ImageReference.parse("team/app:1"), source, "images/shim/list:1");
        return Saving.into(directory.resolve("store"), access).save(List.of(request));
    }

    private Path script(String name, String text) throws IOException {
        Path script = Files.writeString(directory.resolve(name), "#!/bin/sh\n" + text);
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }
}
