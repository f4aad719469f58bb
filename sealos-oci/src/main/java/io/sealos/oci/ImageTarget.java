package io.sealos.oci;

import io.sealos.kubefile.Platform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A target to which {@link ClusterImage#writeTo} writes an image. The library provides {@link OciLayout#directory},
 * {@link OciLayout#archive}, {@link DockerArchive#file}, {@link RegistryImage} and {@link DaemonImage}. Other targets
 * implement this interface:
 *
 * <pre>{@code
 * final class Upload implements ImageTarget {
 *     @Override
 *     public void write(ImageOutput image) throws IOException {
 *         FinishedImage finished = image.finish();
 *         for (Digest digest : finished.digests()) {
 *             send(digest, finished.blob(digest));
 *         }
 *     }
 *
 *     @Override
 *     public String toString() {
 *         return "upload to " + place;
 *     }
 * }
 * }</pre>
 *
 * <p>A target that stores an OCI layout also copies {@code oci-layout}, and {@code index.json} last. A target should
 * make its output visible under the final name only when it is complete and its bytes are on the disk, and leave an
 * earlier output unchanged and delete its own incomplete files when it fails. The library does not delete the files of
 * a target whose process was killed. The methods are called by the thread that called {@code writeTo}. An exception
 * that they throw ends the build, and is passed to the caller: a {@link java.nio.channels.ClosedByInterruptException}
 * or {@link java.nio.channels.FileLockInterruptionException} as an {@link java.io.InterruptedIOException}, and any
 * other unchanged. When the thread is interrupted, a target should stop, keep the interrupt status, and throw an
 * {@link java.io.InterruptedIOException}. Targets should be immutable and thread-safe, because several threads may
 * write an image at the same time.
 *
 * @since 0.1.0
 */
public interface ImageTarget {
    /**
     * Checks that an image can be written to this target. Called before anything is written and, if the image is built,
     * before the network is used. The default implementation accepts every image.
     *
     * @param platforms the platforms of the image, at least one
     * @param offline whether the build must not use the network
     * @throws IOException if the target cannot be written, for example because it is a directory with other files
     * @throws IllegalArgumentException if the target does not support such images
     */
    default void check(List<Platform> platforms, boolean offline) throws IOException {}

    /**
     * {@return the files or directories that are written, or some that stand for all; empty if the output is not a file
     * of a file system} An output in the context directory is refused if a COPY would copy it, because it would be part
     * of the next image. The default implementation returns an empty list.
     */
    default List<Path> paths() {
        return List.of();
    }

    /**
     * Writes an image. Called once by each call of {@code writeTo}, after all checks have passed and the images that
     * the application runs have been saved.
     *
     * @param image the image, whose layers are created on demand; it must not be used after the call
     * @throws IOException if the image cannot be written
     */
    void write(ImageOutput image) throws IOException;

    /** {@return the name of the target for messages} */
    @Override
    String toString();
}
