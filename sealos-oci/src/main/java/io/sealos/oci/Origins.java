package io.sealos.oci;

import io.sealos.oci.internal.FileTree;
import io.sealos.oci.internal.inspect.ApplicationFiles;
import io.sealos.oci.internal.inspect.ImageReader;
import io.sealos.oci.internal.inspect.RegistryCheck;
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
        return with(
                origin,
                (files, docker) -> docker ? ImageReader.docker(files, wanted) : ImageReader.layout(files, wanted));
    }

    static RegistryCheck check(ImageOrigin origin, Wanted wanted, ApplicationFiles found) throws IOException {
        return with(
                origin,
                (files, docker) -> docker
                        ? ImageReader.checkDocker(files, wanted, found)
                        : ImageReader.checkLayout(files, wanted, found));
    }

    private static <T> T with(ImageOrigin origin, Reading<T> reading) throws IOException {
        LocalOrigin local = local(origin);
        Path scratch = Files.createTempDirectory("sealos-origin-");
        try (ImageFiles files = local.open(scratch)) {
            return reading.of(files, local.format() == LocalOrigin.Format.DOCKER);
        } catch (InterruptedException e) {
            throw Interruptions.during("the image was read", e);
        } finally {
            FileTree.delete(scratch);
        }
    }

    /** Reads something of an image while its files are open. */
    private interface Reading<T> {
        T of(ImageFiles files, boolean docker) throws IOException;
    }
}
