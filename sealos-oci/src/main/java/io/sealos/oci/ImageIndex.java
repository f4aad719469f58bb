package io.sealos.oci;

import io.sealos.oci.internal.inspect.FoundImage;
import io.sealos.oci.internal.layout.CopiedImage;
import io.sealos.oci.internal.layout.ImageRequest;
import io.sealos.oci.internal.read.Platforms;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Lists images that were built apart, such as one for amd64 and one for arm64, in one index, like {@code sealos
 * manifest create}. Immutable and thread-safe: each setter returns a copy.
 *
 * <pre>{@code
 * ClusterImage.index(OciLayout.archive(Path.of("amd64.tar")), OciLayout.archive(Path.of("arm64.tar")))
 *         .tag("team/app:1.0")
 *         .writeTo(RegistryImage.of("registry.example/team/app:1.0"));
 * }</pre>
 *
 * <p>The manifests, configurations and layers are copied byte for byte, so each image keeps its digest. An image of a
 * docker-archive, which has no manifest, gets one. An image that is an index itself contributes all of its platforms.
 * The index has the images in the order in which they were given, and no two of them for the same platform. Entries of
 * an index that are not images, such as attestations, are left out.
 *
 * <p>The annotations of the manifests are unchanged. Those that all manifests have in common are also annotations of
 * the index, and the annotations of descriptors are kept. An index of images that were built apart therefore has the
 * digest that building them together gives. If there is only one image for one platform, it is written without an
 * index.
 *
 * @see ClusterImage#index
 * @since 0.1.0
 */
public final class ImageIndex extends ComposedImage<ImageIndex> {
    private ImageIndex(ComposedSettings settings) {
        super(settings);
    }

    static ImageIndex of(List<ImageSource> sources) {
        return new ImageIndex(ComposedSettings.of(sources));
    }

    @Override
    ImageIndex with(ComposedSettings other) {
        return new ImageIndex(other);
    }

    @Override
    public WriteResult writeTo(ImageTarget target) throws IOException {
        return call("write " + target, target, inputs -> {
            List<FoundImage> images = distinct(inputs.find(List.of()));
            target.check(images.stream().map(FoundImage::platform).toList(), settings.offline());
            List<CopiedImage> copied = new ArrayList<>();
            for (FoundImage image : images) {
                copied.add(image.copied());
            }
            return write(target, ImageRequest.copyOf(copied, settings.names()));
        });
    }

    private static List<FoundImage> distinct(List<List<FoundImage>> inputs) {
        List<FoundImage> images = new ArrayList<>();
        for (List<FoundImage> input : inputs) {
            for (FoundImage image : input) {
                refuseRepeated(image, images, input);
                images.add(image);
            }
        }
        return images;
    }

    private static void refuseRepeated(FoundImage image, List<FoundImage> known, List<FoundImage> input) {
        for (FoundImage other : known) {
            if (Platforms.matches(other.platform(), image.platform().toString())) {
                throw new ImageChoiceException(
                        image.image().name(),
                        "an image for " + image.platform() + ", which " + other.image() + " has, too",
                        List.of(OpenInputs.platforms(input)));
            }
        }
    }

    /** {@return the images, such as {@code index of oci-archive:amd64.tar and oci-archive:arm64.tar}} */
    @Override
    public String toString() {
        return "index of " + settings.sources();
    }
}
