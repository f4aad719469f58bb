package io.sealos.oci;

import io.sealos.oci.internal.source.LocalSource;
import io.sealos.oci.internal.source.MadeSource;
import java.util.Objects;

/**
 * An image that is made when it is needed, for {@link ClusterImageBuilder#image}: what a build tool has just compiled
 * goes straight into the cluster image, with no registry and no daemon between. Immutable.
 */
public final class MadeImage implements ImageOrigin {
    private final LayoutMaker maker;

    private MadeImage(LayoutMaker maker) {
        this.maker = maker;
    }

    /**
     * {@return what the maker makes}
     *
     * @param maker writes the image; called anew for each build
     */
    public static MadeImage of(LayoutMaker maker) {
        return new MadeImage(Objects.requireNonNull(maker, "maker"));
    }

    LocalSource local() {
        return new MadeSource(maker::writeTo);
    }

    /** {@return the origin as messages name it} */
    @Override
    public String toString() {
        return "made by " + maker;
    }
}
