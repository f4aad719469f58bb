package io.sealos.oci.internal.source;

import io.sealos.images.ImageStorage;
import io.sealos.oci.internal.daemon.EngineCommand;
import io.sealos.oci.internal.read.StoredFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * An image in an image storage of this machine, which a program copies. {@code docker save} and {@code podman save}
 * write an archive to their standard output, buildah and skopeo write a file.
 *
 * @param storage the storage
 * @param program a program that can read the storage
 * @param image the name of the image in the storage
 */
public record StorageSource(ImageStorage storage, Path program, String image) implements LocalSource {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @Override
    public Format format() {
        return Format.DOCKER;
    }

    @Override
    public StoredFiles open(Path scratch) throws IOException, InterruptedException {
        Path archive = scratch.resolve("image.tar");
        Path words = scratch.resolve("errors.txt");
        EngineCommand command = new EngineCommand(program.toString(), PATIENCE);
        String target = "docker-archive:" + archive;
        switch (String.valueOf(program.getFileName())) {
            case "buildah" -> command.copy(List.of("push", image, target), words);
            case "skopeo" -> command.copy(List.of("copy", storage.prefix() + image, target), words);
            default -> command.save(image, archive, words);
        }
        return StoredFiles.archive(archive);
    }

    @Override
    public String toString() {
        return "'" + storage.prefix() + image + "' by " + program.getFileName();
    }
}
