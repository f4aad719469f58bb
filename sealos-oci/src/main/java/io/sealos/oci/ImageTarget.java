package io.sealos.oci;

import io.sealos.kubefile.Platform;
import java.io.IOException;
import java.util.List;

/**
 * Where {@link ClusterImage#writeTo} writes an image to. The library has {@link OciLayout#directory},
 * {@link OciLayout#archive}, {@link DockerArchive#file}, {@link RegistryImage} and {@link DaemonImage}; others
 * implement this interface:
 *
 * <pre>{@code
 * final class Upload implements ImageTarget {
 *     public void write(ImageOutput image) throws IOException {
 *         FinishedImage finished = image.finish();
 *         for (Digest digest : finished.digests()) {
 *             send(digest, finished.blob(digest));
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p>A target should make its output visible under the final name only when it is complete, and leave an earlier output
 * unchanged when it fails. Both methods are called by the thread that called {@code writeTo}. Whatever they throw ends
 * the build and reaches its caller; a {@link java.nio.channels.ClosedByInterruptException} or
 * {@link java.nio.channels.FileLockInterruptionException} does so as an {@link java.io.InterruptedIOException}, and
 * everything else unchanged. A thread that is interrupted should stop, keep its interrupt status, and
 * throw an {@link java.io.InterruptedIOException}. Targets should be immutable and thread-safe, because an image may be
 * written by several threads at the same time.
 */
public interface ImageTarget {
    /**
     * Refuses an image that could not be written in the end. Called first, before the network is used and before
     * anything is written. The default accepts every image.
     *
     * @param platforms the platforms of the image, at least one
     * @param offline whether the build may use no network
     * @throws IOException if the target cannot be written, such as a directory that has other files
     * @throws IllegalArgumentException if the target does not take such images
     */
    default void check(List<Platform> platforms, boolean offline) throws IOException {}

    /**
     * Writes an image. Called once for each call of {@code writeTo}, after everything was checked and the images that
     * the application runs were saved.
     *
     * @param image the image, whose layers are made when the target asks for them; not to be used after the call
     * @throws IOException if the image cannot be written
     */
    void write(ImageOutput image) throws IOException;

    /** {@return the target as messages name it} */
    @Override
    String toString();
}
