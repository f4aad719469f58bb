package io.sealos.oci;

import io.sealos.oci.internal.FileTree;
import io.sealos.oci.internal.inspect.ImageReader;
import io.sealos.oci.internal.inspect.StoredImage;
import io.sealos.oci.internal.inspect.Wanted;
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
        return origin instanceof DockerArchive archive ? archive.local() : ((MadeImage) origin).local();
    }

    static StoredImage read(ImageOrigin origin, Wanted wanted) throws IOException {
        if (origin instanceof OciLayout layout) {
            return layout.read(wanted);
        }
        return origin instanceof DockerArchive archive ? archive.read(wanted) : read((MadeImage) origin, wanted);
    }

    private static StoredImage read(MadeImage image, Wanted wanted) throws IOException {
        Path folder = Files.createTempDirectory("sealos-made-");
        try {
            image.writeTo(folder);
            return ImageReader.layoutFolder(folder, wanted);
        } finally {
            FileTree.delete(folder);
        }
    }
}
