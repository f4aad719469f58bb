package io.sealos.oci;

/**
 * Where a finished image is taken from: {@link OciLayout#directory}, {@link OciLayout#archive} or
 * {@link DockerArchive#file}, whoever wrote it; {@link RegistryImage#of}; {@link RegistryDirectory#of},
 * {@link DaemonImage#docker} or {@link MadeImage#of}. More kinds may come.
 *
 * @see ClusterImageBuilder#image(String, ImageOrigin)
 * @see ClusterImageBuilder#baseImage(String, ImageOrigin)
 * @see ClusterImage#inspect(ImageOrigin)
 */
public sealed interface ImageOrigin
        permits OciLayout, DockerArchive, RegistryImage, RegistryDirectory, DaemonImage, MadeImage {
    /** {@return the origin as messages name it} */
    @Override
    String toString();
}
