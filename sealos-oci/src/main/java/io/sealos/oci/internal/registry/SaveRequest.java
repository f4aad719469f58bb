package io.sealos.oci.internal.registry;

import io.sealos.images.Digest;
import io.sealos.images.ImageReference;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An image to save: its name, where it comes from, the path under which {@code registry/} has it, and where it was
 * asked for, such as {@code images/shim/nginxImages:3}.
 */
public record SaveRequest(
        ImageReference reference, Kind kind, Optional<Path> file, String repositoryPath, String askedAt) {
    /** Where an image comes from. */
    public enum Kind {
        REGISTRY,
        DOCKER_ARCHIVE,
        OCI_ARCHIVE,
        OCI_LAYOUT
    }

    /** From its registry. */
    public static SaveRequest of(ImageReference reference, String askedAt) {
        return new SaveRequest(reference, Kind.REGISTRY, Optional.empty(), reference.repository(), askedAt);
    }

    /** From a file or folder, under the name of the reference. */
    public static SaveRequest of(Kind kind, Path file, ImageReference reference, String askedAt) {
        return new SaveRequest(reference, kind, Optional.of(file), reference.repository(), askedAt);
    }

    /** The tag of its link; a name with neither tag nor digest means {@code latest}. */
    Optional<String> tag() {
        boolean untagged = reference.tag().isEmpty() && reference.digest().isEmpty();
        return untagged ? Optional.of("latest") : reference.tag();
    }

    /** What is asked of the source: the digest where there is one. */
    String wanted() {
        return reference.digest().map(Digest::toString).or(this::tag).orElseThrow();
    }

    /** The name as its registry calls it, with the tag that is meant. */
    String taggedName() {
        return reference.registry() + "/" + reference.repository() + ":" + tag().orElse("");
    }
}
