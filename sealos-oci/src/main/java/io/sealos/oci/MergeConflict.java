package io.sealos.oci;

import io.sealos.internal.text.Printable;
import io.sealos.kubefile.Platform;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A value in which the images of a merge differ. Immutable and thread-safe.
 *
 * @param platform the platform of the images
 * @param kind the kind of the value
 * @param name the name of the value, as its {@linkplain Kind kind} describes
 * @param versions the values, in the order of the images that have one
 * @param isDecided whether the caller has decided it: one of the images that have a value is
 *     {@linkplain ImageMerge#prefer preferred}
 * @see MergePlan#conflicts()
 * @since 0.1.0
 */
public record MergeConflict(Platform platform, Kind kind, String name, List<Version> versions, boolean isDecided) {
    /** The kinds of values. */
    public enum Kind {
        /**
         * A tag in {@code registry/} that points to several digests. Its name is such as {@code library/nginx:1.25},
         * and its values are the digests. It has to be decided before the image can be written.
         */
        TAG,
        /** A label. The values of the merged image are described at {@link ImageMerge}. */
        LABEL,
        /** An environment variable. */
        ENV,
        /** A property of the configuration, such as {@code WorkingDir}. */
        SETTING,
        /** An annotation of the manifest. */
        ANNOTATION,
        /**
         * A file or directory. Its name is the path without a leading slash, and its values describe its kind, size,
         * digest, mode and owner. Files of the same content, mode and owner are no conflict.
         */
        FILE
    }

    /**
     * The value of one image.
     *
     * @param image the name of the image, which is that of its source
     * @param value the value
     * @param isUsed whether the merged image has the value of this image; for the type label, a rootfs counts more
     */
    public record Version(String image, String value, boolean isUsed) {
        /** {@return the value with the name of its image} */
        @Override
        public String toString() {
            return Printable.of(value) + " in " + image + (isUsed ? " (used)" : "");
        }
    }

    /**
     * Copies the list.
     *
     * @param platform the platform of the images
     * @param kind the kind of the value
     * @param name the name of the value, as its {@linkplain Kind kind} describes
     * @param versions the values, in the order of the images that have one
     * @param isDecided whether the caller has decided it
     */
    public MergeConflict {
        versions = List.copyOf(versions);
    }

    /** {@return the conflict in one line, such as {@code ENV A: 1 in oci:a, 2 in oci:b (used)}} */
    @Override
    public String toString() {
        return kind + " " + Printable.of(name) + ": "
                + versions.stream().map(Version::toString).collect(Collectors.joining(", "));
    }
}
