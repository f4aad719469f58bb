package io.sealos.oci;

import io.sealos.oci.internal.source.LocalSource;
import io.sealos.oci.internal.source.MadeSource;
import java.util.Objects;

/**
 * An image that is made when a build needs it, for {@link ClusterImageBuilder#image}: the image of a build tool goes
 * straight into the cluster image, without a registry or daemon. Immutable; thread-safe if the maker is.
 */
public final class MadeImage extends ImageOrigin {
    private final LayoutMaker maker;

    private MadeImage(LayoutMaker maker) {
        this.maker = maker;
    }

    /**
     * {@return the image that a maker writes}
     *
     * @param maker the maker, called once for each build
     */
    public static MadeImage of(LayoutMaker maker) {
        return new MadeImage(Objects.requireNonNull(maker, "maker"));
    }

    @Override
    LocalSource local() {
        return new MadeSource(maker);
    }

    /** {@return the origin as messages name it} */
    @Override
    public String toString() {
        return "made by " + maker;
    }
}
