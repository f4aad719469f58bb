package io.sealos.oci.internal.save;

import io.sealos.images.Digest;
import io.sealos.images.ImageReference;
import io.sealos.oci.internal.registrytree.RegistryTree;
import io.sealos.oci.internal.source.SaveNotice;
import java.util.List;

/** The saved images, in the order asked, the tree that holds them, and what the caller should know of them. */
public record SavedImages(RegistryTree tree, List<Image> images, List<SaveNotice> notices) {
    /**
     * One saved image: the digest that its name stands for, that of its manifest for the platform, and the bytes of its
     * manifests and blobs.
     */
    public record Image(ImageReference reference, Digest digest, Digest manifest, long size) {}
}
