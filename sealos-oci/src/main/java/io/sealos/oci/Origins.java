package io.sealos.oci;

import io.sealos.images.ImageReference;
import io.sealos.internal.files.TemporaryDirectory;
import io.sealos.oci.internal.inspect.ApplicationFiles;
import io.sealos.oci.internal.inspect.ImageReader;
import io.sealos.oci.internal.inspect.RegistryCheck;
import io.sealos.oci.internal.inspect.StoredImage;
import io.sealos.oci.internal.inspect.Wanted;
import io.sealos.oci.internal.source.LocalSource;
import io.sealos.oci.internal.work.Interruptions;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What each kind of origin means to those who read images. */
final class Origins {
    private Origins() {}

    static LocalSource local(ImageOrigin origin) {
        if (origin instanceof OciLayout layout) {
            return layout.local();
        }
        if (origin instanceof DockerArchive archive) {
            return archive.local();
        }
        if (origin instanceof RegistryDirectory directory) {
            return directory.local();
        }
        return origin instanceof DaemonImage image ? image.local() : ((MadeImage) origin).local();
    }

    /** Refuses an origin that is at a registry. */
    static void checkLocal(ImageOrigin origin) {
        if (origin instanceof RegistryImage) {
            throw new IllegalArgumentException(origin + " is at a registry, from which images are saved under their own"
                    + " names; use RegistryAccess.Builder.mirror or endpoint to fetch one from elsewhere");
        }
    }

    static StoredImage read(ImageOrigin origin, Wanted wanted) throws IOException {
        return origin instanceof RegistryImage remote
                ? remote.read(wanted)
                : with(origin, reader -> reader.read(wanted));
    }

    static RegistryCheck check(ImageOrigin origin, Wanted wanted, ApplicationFiles found) throws IOException {
        if (origin instanceof RegistryImage) {
            throw new IllegalArgumentException(
                    origin + " is at a registry, where its layers are not read; write it to a layout first");
        }
        return with(origin, reader -> reader.check(wanted, found));
    }

    /** The images of a directory, which does not say from which registry it has them. */
    static List<ImageReference> references(RegistryCheck directory) {
        return directory.names().stream()
                .map(name -> ImageReference.parse("any.host/" + name))
                .toList();
    }

    /** Reads what lies in files; nothing for other origins. */
    static Optional<ImageReader> reader(ImageOrigin origin) throws IOException {
        if (origin instanceof OciLayout layout) {
            return Optional.of(layout.reader());
        }
        return origin instanceof DockerArchive archive ? Optional.of(archive.reader()) : Optional.empty();
    }

    private static <T> T with(ImageOrigin origin, Reading<T> reading) throws IOException {
        LocalSource local = local(origin);
        try (TemporaryDirectory scratch = TemporaryDirectory.create("sealos-inspect-");
                ImageReader reader = ImageReader.of(local.open(scratch.directory("image")), local.format())) {
            return reading.of(reader);
        } catch (InterruptedException e) {
            throw Interruptions.during("the image was read", e);
        }
    }

    /** Reads something of an image while its files are open. */
    private interface Reading<T> {
        T of(ImageReader reader) throws IOException;
    }
}
