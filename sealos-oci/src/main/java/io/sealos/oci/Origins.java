package io.sealos.oci;

import io.sealos.oci.internal.FileTree;
import io.sealos.oci.internal.inspect.ImageReader;
import io.sealos.oci.internal.inspect.StoredImage;
import io.sealos.oci.internal.inspect.Wanted;
import io.sealos.oci.internal.read.ImageFiles;
import io.sealos.oci.internal.registry.LocalOrigin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What each kind of origin means to those who read images. */
final class Origins {
    private Origins() {}

    static LocalOrigin local(ImageOrigin origin) {
        if (origin instanceof OciLayout layout) {
            return layout.local();
        }
        if (origin instanceof DockerArchive archive) {
            return archive.local();
        }
        if (origin instanceof RegistryFolder folder) {
            return folder.local();
        }
        return origin instanceof DaemonImage image ? image.local() : ((MadeImage) origin).local();
    }

    static StoredImage read(ImageOrigin origin, Wanted wanted) throws IOException {
        if (origin instanceof OciLayout layout) {
            return layout.read(wanted);
        }
        return origin instanceof DockerArchive archive ? archive.read(wanted) : read(local(origin), wanted);
    }

    private static StoredImage read(LocalOrigin origin, Wanted wanted) throws IOException {
        Path scratch = Files.createTempDirectory("sealos-origin-");
        try (ImageFiles files = origin.open(scratch)) {
            return origin.format() == LocalOrigin.Format.DOCKER
                    ? ImageReader.docker(files, wanted)
                    : ImageReader.layout(files, wanted);
        } catch (InterruptedException e) {
            throw Interruptions.during("the image was inspected", e);
        } finally {
            FileTree.delete(scratch);
        }
    }
}
