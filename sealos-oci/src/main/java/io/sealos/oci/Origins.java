package io.sealos.oci;

import io.sealos.oci.internal.FileTree;
import io.sealos.oci.internal.inspect.ImageReader;
import io.sealos.oci.internal.inspect.StoredImage;
import io.sealos.oci.internal.inspect.Wanted;
import io.sealos.oci.internal.registry.LocalOrigin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What each kind of origin means to those who read images. */
final class Origins {
    private Origins() {}

    static LocalOrigin local(ImageOrigin origin) {
        if (origin instanceof OciLayout layout) {
            return layout.local();
        }
        return origin instanceof DockerArchive archive ? archive.local() : ((MadeImage) origin).local();
    }

    /** Refuses an origin that is at a registry. */
    static void checkLocal(ImageOrigin origin) {
        if (origin instanceof RegistryImage) {
            throw new IllegalArgumentException(origin + " is at a registry, from which images are saved under their own"
                    + " names; use RegistryAccess.Builder.mirror or endpoint to fetch one from elsewhere");
        }
    }

    static StoredImage read(ImageOrigin origin, Wanted wanted) throws IOException {
        if (origin instanceof MadeImage made) {
            return read(made, wanted);
        }
        if (origin instanceof RegistryImage remote) {
            return remote.read(wanted);
        }
        try (ImageReader reader = reader(origin).orElseThrow()) {
            return reader.read(wanted);
        }
    }

    /** Reads what lies in files; nothing for other origins. */
    static Optional<ImageReader> reader(ImageOrigin origin) throws IOException {
        if (origin instanceof OciLayout layout) {
            return Optional.of(layout.reader());
        }
        return origin instanceof DockerArchive archive ? Optional.of(archive.reader()) : Optional.empty();
    }

    private static StoredImage read(MadeImage image, Wanted wanted) throws IOException {
        Path folder = Files.createTempDirectory("sealos-made-");
        try {
            image.writeTo(folder);
            try (ImageReader reader = ImageReader.layoutFolder(folder)) {
                return reader.read(wanted);
            }
        } finally {
            FileTree.delete(folder);
        }
    }
}
