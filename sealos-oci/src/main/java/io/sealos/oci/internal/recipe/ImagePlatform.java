package io.sealos.oci.internal.recipe;

import org.jspecify.annotations.Nullable;

/** The platform of an image, in the words of GOOS and GOARCH. */
public record ImagePlatform(
        String os, String architecture, @Nullable String variant) {
    public static ImagePlatform of(String os, String architecture) {
        return new ImagePlatform(os, architecture, null);
    }

    @Override
    public String toString() {
        return os + "/" + architecture + (variant == null ? "" : "/" + variant);
    }
}
