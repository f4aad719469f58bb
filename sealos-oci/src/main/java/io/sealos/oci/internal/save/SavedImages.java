package io.sealos.oci.internal.save;

import io.sealos.images.Digest;
import io.sealos.images.ImageReference;
import io.sealos.oci.internal.registrytree.RegistryTree;
import io.sealos.oci.internal.source.SaveNotice;
import java.util.List;

/**
 * The saved images in the requested order, with the files of {@code registry/}.
 *
 * @param tree the files
 * @param images the images
 * @param notices the notices for the caller
 */
public record SavedImages(RegistryTree tree, List<Image> images, List<SaveNotice> notices) {
    /**
     * A saved image.
     *
     * @param reference its reference
     * @param digest the digest that its name refers to
     * @param manifest the digest of its manifest for the platform
     * @param size the size of its manifests and blobs, in bytes
     */
    public record Image(ImageReference reference, Digest digest, Digest manifest, long size) {}
}
