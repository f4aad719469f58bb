package io.sealos.oci;

import io.sealos.oci.internal.registry.DaemonOrigin;
import io.sealos.oci.internal.registry.LocalOrigin;
import java.time.Duration;

/**
 * An image of the local container engine, as {@code docker save} or {@code podman save} writes it. The command is run
 * without a shell, with the environment of this process. Immutable.
 */
public final class DaemonImage implements ImageOrigin {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final DaemonOrigin origin;

    private DaemonImage(DaemonOrigin origin) {
        this.origin = origin;
    }

    /**
     * {@return the image that {@code docker} knows by that name}
     *
     * @param image name or id, as the command takes it
     * @throws IllegalArgumentException if it is empty, or an option of the command
     */
    public static DaemonImage docker(String image) {
        return of("docker", image);
    }

    /**
     * {@return the image that {@code podman} knows by that name}
     *
     * @param image name or id, as the command takes it
     * @throws IllegalArgumentException if it is empty, or an option of the command
     */
    public static DaemonImage podman(String image) {
        return of("podman", image);
    }

    /**
     * {@return the image that a command knows by that name}
     *
     * @param command a name on the PATH, or a path; it writes a docker-archive to its standard output when it is called
     *     with {@code save} and the image
     * @param image name or id, as the command takes it
     * @throws IllegalArgumentException if it is empty, or an option of the command
     */
    public static DaemonImage of(String command, String image) {
        if (image.isBlank() || image.startsWith("-")) {
            throw new IllegalArgumentException("'" + image + "' is no name of an image; write NAME:TAG or an id");
        }
        return new DaemonImage(new DaemonOrigin(command, image, PATIENCE));
    }

    /**
     * {@return the same image with another limit of time}
     *
     * @param timeout after which the command is stopped; 10 minutes by default
     */
    public DaemonImage withTimeout(Duration timeout) {
        return new DaemonImage(new DaemonOrigin(origin.command(), origin.image(), timeout));
    }

    LocalOrigin local() {
        return origin;
    }

    /** {@return the command as messages name it} */
    @Override
    public String toString() {
        return origin.toString();
    }
}
