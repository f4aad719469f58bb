package io.sealos.oci;

import io.sealos.internal.files.FileTree;
import io.sealos.oci.internal.build.base.BaseSource;
import io.sealos.oci.internal.inspect.ApplicationFiles;
import io.sealos.oci.internal.inspect.ImageReader;
import io.sealos.oci.internal.inspect.RegistryCheck;
import io.sealos.oci.internal.inspect.StoredImage;
import io.sealos.oci.internal.source.LocalSource;
import io.sealos.oci.internal.work.Interruptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The place of a finished image: {@link OciLayout#directory}, {@link OciLayout#archive} or {@link DockerArchive#file},
 * whoever wrote it; {@link RegistryImage#of}; {@link RegistryDirectory#of}, {@link DaemonImage#docker} or
 * {@link MadeImage#of}. More kinds may be added. Immutable and thread-safe.
 *
 * @see ClusterImageBuilder#image(String, ImageOrigin)
 * @see ClusterImageBuilder#baseImage(String, ImageOrigin)
 * @see ClusterImage#inspect(ImageOrigin)
 */
public abstract sealed class ImageOrigin
        permits OciLayout, DockerArchive, RegistryImage, RegistryDirectory, DaemonImage, MadeImage {
    ImageOrigin() {}

    /**
     * {@return the origin as the saver reads it}
     *
     * @throws IllegalArgumentException if the image is at a registry, from which it is saved under its own name
     */
    abstract LocalSource local();

    /** {@return the origin as a base image is read from it} */
    BaseSource base() {
        return new BaseSource.Local(local());
    }

    /** {@return an image with its documents and, if its layers are at hand, the images inside} */
    StoredImage read(ImageChoice choice) throws IOException {
        return open(reader -> reader.read(choice));
    }

    /** {@return the check of an image's own registry directory} What asks for images is written to the files. */
    RegistryCheck check(ImageChoice choice, ApplicationFiles found) throws IOException {
        return open(reader -> reader.check(choice, found));
    }

    /** Reads from an image while its files are open. */
    private interface Reading<T> {
        T of(ImageReader reader) throws IOException;
    }

    private <T> T open(Reading<T> reading) throws IOException {
        LocalSource local = local();
        Path scratch = Files.createTempDirectory("sealos-origin-");
        try (ImageReader reader = ImageReader.of(local.open(scratch), local.format())) {
            return reading.of(reader);
        } catch (InterruptedException e) {
            throw Interruptions.during("the image was read", e);
        } finally {
            FileTree.delete(scratch);
        }
    }

    /** {@return the origin as messages name it} */
    @Override
    public abstract String toString();
}
