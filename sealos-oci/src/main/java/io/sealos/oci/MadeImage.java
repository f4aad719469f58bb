package io.sealos.oci;

import io.sealos.oci.internal.source.LocalSource;
import io.sealos.oci.internal.source.MadeSource;
import java.util.Objects;

/**
 * An image that is created when a build needs it. With {@link ClusterImageBuilder#image}, a build tool can write its
 * image directly into the cluster image, without a registry or a daemon. Immutable, and thread-safe if the maker is.
 *
 * @since 0.1.0
 */
public final class MadeImage extends ImageSource {
    private final LayoutMaker maker;

    private MadeImage(LayoutMaker maker) {
        this.maker = maker;
    }

    /**
     * {@return an image that the given maker writes}
     *
     * @param maker the maker
     */
    public static MadeImage of(LayoutMaker maker) {
        return new MadeImage(Objects.requireNonNull(maker, "maker"));
    }

    @Override
    LocalSource local() {
        return new MadeSource(maker);
    }

    /** {@return the name of the source for messages} */
    @Override
    public String toString() {
        return "made by " + maker;
    }
}
