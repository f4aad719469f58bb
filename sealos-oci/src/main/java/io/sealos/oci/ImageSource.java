package io.sealos.oci;

import io.sealos.internal.files.TemporaryDirectory;
import io.sealos.kubefile.Platform;
import io.sealos.oci.internal.build.base.BaseSource;
import io.sealos.oci.internal.build.resources.BuildResources;
import io.sealos.oci.internal.inspect.ApplicationFiles;
import io.sealos.oci.internal.inspect.ComparedImage;
import io.sealos.oci.internal.inspect.DescribedImage;
import io.sealos.oci.internal.inspect.FoundImages;
import io.sealos.oci.internal.inspect.ImageReader;
import io.sealos.oci.internal.inspect.RegistryCheck;
import io.sealos.oci.internal.inspect.SiteBlobs;
import io.sealos.oci.internal.inspect.StoredImage;
import io.sealos.oci.internal.source.LocalSource;
import io.sealos.oci.internal.work.Interruptions;
import java.io.IOException;
import java.util.List;

/**
 * A source of finished images, which this library or another tool has written. Sources are created by
 * {@link OciLayout#directory}, {@link OciLayout#archive}, {@link DockerArchive#file}, {@link RegistryImage#of},
 * {@link RegistryDirectory#of}, {@link DaemonImage#docker} and {@link MadeImage#of}. Later versions may add further
 * kinds. Immutable and thread-safe.
 *
 * @see ClusterImageBuilder#image(String, ImageSource)
 * @see ClusterImageBuilder#baseImage(String, ImageSource)
 * @see ClusterImage#inspect(ImageSource)
 * @see ClusterImage#merge
 * @see ClusterImage#index
 * @since 0.1.0
 */
public abstract sealed class ImageSource
        permits OciLayout, DockerArchive, RegistryImage, RegistryDirectory, DaemonImage, MadeImage {
    ImageSource() {}

    /**
     * {@return the files from which the image can be saved}
     *
     * @throws IllegalArgumentException if the image is at a registry, from which it is saved under its own name
     */
    abstract LocalSource local();

    /** {@return the source of a base image} */
    BaseSource base() {
        return new BaseSource.Local(local());
    }

    /** {@return an image with its documents and, if its layers are available, the images in its registry directory} */
    StoredImage read(ImageChoice choice) throws IOException {
        return open(reader -> reader.read(choice));
    }

    /** {@return the check of the registry directory of an image} The files that request images are extracted. */
    RegistryCheck check(ImageChoice choice, ApplicationFiles found) throws IOException {
        return open(reader -> reader.check(choice, found));
    }

    /** {@return the blobs that sites have after an image was loaded, for each of its platforms} */
    List<SiteBlobs> siteBlobs(ImageChoice choice, List<Platform> hosts) throws IOException {
        return open(reader -> reader.siteBlobs(choice, hosts));
    }

    /** {@return an image with everything in which it can differ from another one} */
    ComparedImage compared(ImageChoice choice) throws IOException {
        return open(reader -> reader.compared(choice));
    }

    /** {@return an image with its files and the images in its registry directory} */
    DescribedImage described(ImageChoice choice) throws IOException {
        return open(reader -> reader.content(choice));
    }

    /**
     * {@return the image for each of its platforms, whose layers can be read until the result is closed} An image at a
     * registry is fetched into the content store.
     *
     * @param wanted the platforms that are needed; empty for all
     */
    FoundImages find(ImageChoice choice, List<Platform> wanted, BuildResources resources) throws IOException {
        try {
            return FoundImages.open(local(), choice, toString());
        } catch (InterruptedException e) {
            throw Interruptions.during("the image was read", e);
        }
    }

    /** Reads from an image while its files are open. */
    interface Reading<T> {
        T of(ImageReader reader) throws IOException;
    }

    <T> T open(Reading<T> reading) throws IOException {
        LocalSource local = local();
        try (TemporaryDirectory scratch = TemporaryDirectory.create("sealos-source-");
                ImageReader reader = ImageReader.of(local.open(scratch.directory("source")), local.format())) {
            return reading.of(reader);
        } catch (InterruptedException e) {
            throw Interruptions.during("the image was read", e);
        }
    }

    /** {@return the name of the source for messages} */
    @Override
    public abstract String toString();
}
