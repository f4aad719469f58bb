package io.sealos.oci;

import io.sealos.oci.trust.BillComponent;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The methods of {@link ClusterImageBuilder} that set which documents describe the image. */
abstract sealed class DescribingSetters extends SavingSetters permits ClusterImageBuilder {
    /**
     * Sets whether a bill of materials of the image is written, in CycloneDX 1.6. It lists the images in
     * {@code registry/}, the charts and the files of the image with their digests, the lines that request each image,
     * and what depends on what. Licenses and vendors are those that the labels and annotations of an image name.
     * Documents that the vendors of images have attached, such as bills of materials and attestations, are listed with
     * their digests if they are saved, for which {@link #referrers} is set. The packages in images are not listed; a
     * caller may add them. Each file outside {@code registry/} is read a second time. Default: false.
     *
     * @param write {@code true} to write it; {@link BuildResult#billOfMaterials()} returns it
     * @param added further components, such as the packages of an image
     * @return this builder
     */
    public ClusterImageBuilder billOfMaterials(boolean write, BillComponent... added) {
        settings.documents = settings.documents.withBill(write, List.of(Objects.requireNonNull(added, "added")));
        return self();
    }

    /**
     * Sets that a provenance of the image is written, as an in-toto statement with a predicate of SLSA 1.0. It has the
     * digests of the build files, the arguments and platforms of the build, all images and base images with their
     * digests, the digest of the files of the context, and the versions of this library and of its chart engine. Values
     * of arguments, variables, labels and annotations are left out, and their names are listed, if the name has a word
     * such as password, secret, token or key, if the value has a private key or an address with a user, or if it has
     * more than 4096 characters. Default: none.
     *
     * @param builder the id of the builder: an absolute URI that stands for the system that builds, such as
     *     {@code https://ci.example.com/builders/release@v1}
     * @param withheld the names of further arguments, variables, labels and annotations whose values are left out
     * @return this builder
     * @throws IllegalArgumentException if the URI is not absolute
     */
    public ClusterImageBuilder provenance(URI builder, String... withheld) {
        if (!Objects.requireNonNull(builder, "builder").isAbsolute()) {
            throw new IllegalArgumentException("the id of the builder '" + builder
                    + "' is not an absolute URI; write it such as https://ci.example.com/builders/release");
        }
        settings.documents = settings.documents.withProvenance(
                builder.toString(), Set.copyOf(List.of(Objects.requireNonNull(withheld, "withheld"))));
        return self();
    }
}
