package io.sealos.oci.internal.source;

import io.sealos.oci.internal.daemon.EngineCommand;
import io.sealos.oci.internal.read.StoredFiles;
import java.io.IOException;
import java.nio.file.Path;

/** An image of the local daemon, which is saved with the command of the daemon. */
public record DaemonSource(EngineCommand command, String image) implements LocalSource {
    @Override
    public Format format() {
        return Format.DOCKER;
    }

    @Override
    public StoredFiles open(Path scratch) throws IOException, InterruptedException {
        Path archive = scratch.resolve("image.tar");
        command.save(image, archive, scratch.resolve("errors.txt"));
        return StoredFiles.archive(archive);
    }

    @Override
    public String toString() {
        return "'" + command.program() + " save " + image + "'";
    }
}
