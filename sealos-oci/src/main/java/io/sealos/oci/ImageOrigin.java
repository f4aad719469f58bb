package io.sealos.oci;

/**
 * Where a finished image is read from, the counterpart of {@link ImageTarget}: {@link OciLayout#directory},
 * {@link OciLayout#archive}, {@link DockerArchive#file}, whoever wrote it, or {@link RegistryImage#of}. More kinds may
 * come.
 *
 * @see ClusterImage#inspect(ImageOrigin)
 * @see ClusterImageBuilder#baseImage(String, ImageOrigin)
 */
public sealed interface ImageOrigin permits OciLayout, DockerArchive, RegistryImage {
    /** {@return the origin as messages name it} */
    @Override
    String toString();
}
