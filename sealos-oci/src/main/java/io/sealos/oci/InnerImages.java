package io.sealos.oci;

import io.sealos.oci.internal.inspect.InnerSource;
import io.sealos.oci.internal.source.LocalSource;
import java.util.Objects;

/** The container images in a cluster image. */
final class InnerImages extends ImageSource {
    private final ImageSource image;
    private final ImageChoice choice;

    InnerImages(ImageSource image, ImageChoice choice) {
        this.image = image;
        this.choice = Objects.requireNonNull(choice, "choice");
    }

    @Override
    LocalSource local() {
        return new InnerSource(image.withLayers(), choice);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof InnerImages that && image.equals(that.image) && choice.equals(that.choice);
    }

    @Override
    public int hashCode() {
        return Objects.hash(image, choice);
    }

    /** {@return the name of the source for messages} */
    @Override
    public String toString() {
        return "registry/ of " + image;
    }
}
