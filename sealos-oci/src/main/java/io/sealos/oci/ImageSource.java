package io.sealos.oci;

import io.sealos.images.Digest;
import io.sealos.internal.files.PlacedArgumentException;
import io.sealos.internal.files.TemporaryDirectory;
import io.sealos.kubefile.Platform;
import io.sealos.oci.internal.build.base.BaseSource;
import io.sealos.oci.internal.build.resources.BuildResources;
import io.sealos.oci.internal.inspect.ComparedImage;
import io.sealos.oci.internal.inspect.DescribedImage;
import io.sealos.oci.internal.inspect.FoundImages;
import io.sealos.oci.internal.inspect.ImageReader;
import io.sealos.oci.internal.inspect.RegistryCheck;
import io.sealos.oci.internal.inspect.SiteBlobs;
import io.sealos.oci.internal.inspect.StoredImage;
import io.sealos.oci.internal.read.StoredFiles;
import io.sealos.oci.internal.source.LocalSource;
import io.sealos.oci.internal.verify.DockerCheck;
import io.sealos.oci.internal.verify.LayoutCheck;
import io.sealos.oci.internal.verify.Verification;
import io.sealos.oci.internal.verify.VerifiedFiles;
import io.sealos.oci.internal.work.Interruptions;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A source of finished images, which this library or another tool has written. Sources are created by
 * {@link OciLayout#directory}, {@link OciLayout#archive}, {@link OciLayout#inParts}, {@link DockerArchive#file},
 * {@link RegistryImage#of}, {@link RegistryDirectory#of}, {@link DaemonImage#docker} and {@link MadeImage#of}. Later
 * versions may add further kinds. Immutable and thread-safe.
 *
 * @see ClusterImageBuilder#image(String, ImageSource)
 * @see ClusterImageBuilder#baseImage(String, ImageSource)
 * @see ClusterImage#inspect(ImageSource)
 * @see ClusterImage#merge
 * @see ClusterImage#index
 * @since 0.1.0
 */
public abstract sealed class ImageSource
        permits OciLayout,
                ArchiveParts,
                DockerArchive,
                RegistryImage,
                RegistryDirectory,
                DaemonImage,
                MadeImage,
                InnerImages {
    ImageSource() {}

    /**
     * {@return the files from which the image can be saved}
     *
     * @throws IllegalArgumentException if the image is at a registry, from which it is saved under its own name
     */
    abstract LocalSource local();

    /** {@return the files from which the image with its layers is read} Those of an image at a registry are fetched. */
    LocalSource withLayers() {
        return local();
    }

    /** {@return the source of a base image} */
    BaseSource base() {
        return new BaseSource.Local(local());
    }

    /** {@return an image with its documents and, if its layers are available, the images in its registry directory} */
    StoredImage read(ImageChoice choice) throws IOException {
        return open(reader -> reader.read(choice));
    }

    /** Checks the registry directory of an image for each of its platforms. */
    void check(ImageChoice choice, TemporaryDirectory scratch, BuildListener listener, RegistryCheck.Checked checked)
            throws IOException {
        open(reader -> {
            reader.check(choice, scratch, listener, checked);
            return choice;
        });
    }

    /** {@return the blobs that sites have after an image was loaded, for each of its platforms} */
    List<SiteBlobs> siteBlobs(ImageChoice choice, List<Platform> hosts) throws IOException {
        return open(reader -> reader.siteBlobs(choice, hosts));
    }

    /** {@return the report on all images of this source} */
    VerifiedFiles verified(Verification request) throws IOException {
        LocalSource local = local();
        try (TemporaryDirectory scratch = TemporaryDirectory.create("sealos-verify-");
                StoredFiles files = local.open(scratch.directory("source"))) {
            return switch (local.format()) {
                case OCI -> LayoutCheck.archive(files, request);
                case DOCKER -> DockerCheck.check(files, request);
                case REGISTRY ->
                    throw PlacedArgumentException.at(this, " is no image; verify what it serves (RegistryVerifier)");
            };
        } catch (InterruptedException e) {
            throw Interruptions.during("an image was verified", e);
        }
    }

    /** {@return the name of the source without its kind} */
    String place() {
        return toString();
    }

    /** {@return the digest of the manifest of an image, whose layers are not read; empty for a docker-archive} */
    Optional<Digest> manifest(ImageChoice choice) throws IOException {
        return open(reader -> reader.manifest(choice));
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
        LocalSource local = withLayers();
        try (TemporaryDirectory scratch = TemporaryDirectory.create("sealos-source-");
                ImageReader reader = ImageReader.of(local.open(scratch.directory("source")), local.format())) {
            return reading.of(reader);
        } catch (InterruptedException e) {
            throw Interruptions.during("the image was read", e);
        }
    }

    /**
     * {@return the container images in {@code registry/} of the only cluster image of this source} See
     * {@link #containedImages(ImageChoice)}.
     */
    public final ImageSource containedImages() {
        return containedImages(ImageChoice.any());
    }

    /**
     * {@return the container images in {@code registry/} of a cluster image, as a source} It can be used like other
     * sources, for example to inspect a container image, or to compare it with one in another cluster image:
     *
     * <pre>{@code
     * ClusterImageDiff diff = ClusterImage.compare(
     *         OciLayout.archive(released).containedImages(), ImageChoice.any().tag("nginx:1.25.0"),
     *         OciLayout.archive(built).containedImages(), ImageChoice.any().tag("nginx:1.25.1"));
     * }</pre>
     *
     * <p>Images are found by their repository and their tag or digest; the host does not matter. The cluster image is
     * read when the source is used. Blobs in layers without compression are read in place, and those that are needed of
     * compressed layers are put into temporary files. Container images of which a delta image leaves out a layer cannot
     * be read.
     *
     * @param choice the choice of one cluster image of this source
     */
    public final ImageSource containedImages(ImageChoice choice) {
        return new InnerImages(this, choice);
    }

    /** {@return the name of the source for messages} */
    @Override
    public abstract String toString();
}
