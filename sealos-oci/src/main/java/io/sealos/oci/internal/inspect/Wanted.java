package io.sealos.oci.internal.inspect;

import io.sealos.images.ImageReference;
import io.sealos.images.ImageReferenceException;
import io.sealos.kubefile.Platform;
import io.sealos.oci.internal.read.Platforms;
import java.util.List;
import java.util.Optional;

/** Which of the images of a layout or archive is meant. */
public record Wanted(Optional<String> tag, Optional<Platform> platform) {

    static final Wanted ANY = new Wanted(Optional.empty(), Optional.empty());

    /** Whether one of the names means the wanted tag; {@code nginx:1} also means docker.io/library/nginx:1. */
    boolean matches(List<String> names) {
        return tag.isEmpty()
                || names.stream()
                        .anyMatch(name ->
                                name.equals(tag.get()) || canonical(name).equals(canonical(tag.get())));
    }

    boolean matches(Candidate candidate) {
        return platform.isEmpty() || Platforms.matches(platform.get(), candidate.platform());
    }

    private static String canonical(String name) {
        try {
            return ImageReference.parse(name).withDefaultTag().toString();
        } catch (ImageReferenceException e) {
            return name;
        }
    }

    @Override
    public String toString() {
        String named = tag.map(name -> " named '" + name + "'").orElse("");
        return named + platform.map(wanted -> " for " + wanted).orElse("");
    }
}
