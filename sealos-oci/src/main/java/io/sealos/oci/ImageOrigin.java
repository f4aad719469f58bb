package io.sealos.oci;

/**
 * Where a finished image is read from, the counterpart of {@link ImageTarget}: {@link OciLayout#directory},
 * {@link OciLayout#archive} or {@link DockerArchive#file}, whoever wrote it. More kinds may come.
 *
 * @see ClusterImage#inspect(ImageOrigin)
 */
public sealed interface ImageOrigin permits OciLayout, DockerArchive {
    /** {@return the origin as messages name it} */
    @Override
    String toString();
}
