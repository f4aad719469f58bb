package io.sealos.oci;

import io.sealos.images.ImageReference;
import io.sealos.kubefile.Platform;
import io.sealos.oci.internal.daemon.EngineCommand;
import io.sealos.oci.internal.layout.ArchiveFile;
import io.sealos.oci.internal.layout.OutgoingDirectory;
import io.sealos.oci.internal.progress.PhaseRun;
import io.sealos.oci.internal.source.DaemonSource;
import io.sealos.oci.internal.source.LocalSource;
import io.sealos.oci.internal.work.Interruptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * An image of the local container engine. As a source, it is read from the output of {@code docker save} or
 * {@code podman save}. As a target, it is loaded with {@code docker load} or {@code podman load} from a docker-archive,
 * which can contain one platform only. The command runs without a shell, with the environment of this process.
 *
 * <pre>{@code
 * image.writeTo(DaemonImage.docker("team/app:1.0"));
 * }</pre>
 *
 * <p>The archive is created in the {@linkplain ClusterImageBuilder#contentStore content store}, and deleted when the
 * call ends. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class DaemonImage extends ImageSource implements ImageTarget {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final EngineCommand command;
    private final String image;

    private DaemonImage(EngineCommand command, String image) {
        this.command = command;
        this.image = image;
    }

    /**
     * {@return an image of Docker}
     *
     * @param image the name of the image, {@code latest} if it has no tag; for a source also its id
     * @throws IllegalArgumentException if the name is empty, or begins with a hyphen
     */
    public static DaemonImage docker(String image) {
        return of("docker", image);
    }

    /**
     * {@return an image of Podman}
     *
     * @param image the name of the image, {@code latest} if it has no tag; for a source also its id
     * @throws IllegalArgumentException if the name is empty, or begins with a hyphen
     */
    public static DaemonImage podman(String image) {
        return of("podman", image);
    }

    /**
     * {@return an image of another engine}
     *
     * @param command the command, as a name on the PATH or a path. With the arguments {@code save} and the image, it
     *     must write a docker-archive to its standard output; with the argument {@code load}, it must read one from its
     *     standard input
     * @param image the name of the image, {@code latest} if it has no tag; for a source also its id
     * @throws IllegalArgumentException if the name is empty, or begins with a hyphen
     */
    public static DaemonImage of(String command, String image) {
        Objects.requireNonNull(command, "command");
        if (image.isBlank() || image.startsWith("-")) {
            throw new IllegalArgumentException("'" + image + "' is not the name of an image; write NAME:TAG or an id");
        }
        return new DaemonImage(new EngineCommand(command, PATIENCE), image);
    }

    /**
     * {@return a copy of this image with another time limit for the command}
     *
     * @param timeout the time limit, after which the command is ended; 10 minutes by default
     * @throws IllegalArgumentException if the time limit is not longer than 0
     */
    public DaemonImage withTimeout(Duration timeout) {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("a time limit must be longer than 0, not " + timeout);
        }
        return new DaemonImage(new EngineCommand(command.program(), timeout), image);
    }

    @Override
    LocalSource local() {
        return new DaemonSource(command, image);
    }

    @Override
    public void check(List<Platform> platforms, boolean offline) {
        ArchiveFile.checkDockerPlatforms(platforms.size());
        name();
    }

    @Override
    public void write(ImageOutput output) throws IOException {
        try (OutgoingDirectory work =
                OutgoingDirectory.passing(output.resources().store().outgoing())) {
            Path archive = work.file("image.tar");
            output.write(request -> new ArchiveFile(archive).writeDocker(request.withTags(List.of(name()))));
            try (PhaseRun phase = PhaseRun.start(output.resources().listener(), BuildPhase.LOAD)) {
                command.load(archive, work.file("errors.txt"));
                phase.complete();
            }
        } catch (InterruptedException e) {
            throw Interruptions.during("the image was loaded", e);
        }
    }

    private String name() {
        ImageReference name = ImageReference.parse(image);
        if (name.digest().isPresent()) {
            throw new IllegalArgumentException(
                    "the image cannot be loaded as '" + image + "': its digest follows from its content; name a tag");
        }
        return name.withDefaultTag().toString();
    }

    /** {@return the name of the image for messages, such as {@code docker's team/app:1.0}} */
    @Override
    public String toString() {
        return command.program() + "'s " + image;
    }
}
