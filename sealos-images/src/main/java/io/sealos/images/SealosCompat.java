package io.sealos.images;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The images that <a href="https://github.com/labring/sealos">sealos</a> (commit {@code beea1e56},
 * {@code pkg/sreg/buildimage}) would extract from the files of a scan, compared with those that the scan would save.
 *
 * <p>Sealos reads files line by line, not as YAML: the text after the first {@code image:} of a line is an image if it
 * parses as one. Three differences are dangerous:
 *
 * <ul>
 *   <li>If a reference has both a tag and a digest, sealos drops the digest. The saved image may then differ from the
 *       pinned one.
 *   <li>{@code image: auto} or {@code my-image:v1} become {@code docker.io/library/auto} and
 *       {@code docker.io/library/v1}. If there is no such image, the whole build fails; if there is one, an unrelated
 *       image is saved.
 *   <li>A line is cut after 4096 bytes, and a reference that is cut can be a different valid reference.
 * </ul>
 *
 * <p>Charts are compared as the scan has rendered them, with the values that sealos uses: the default values and
 * {@code charts/<name>.values.yaml}. Sealos renders for Kubernetes 1.20.0; to get its list, scan with that version. It
 * names the release {@code dryrun}, without a namespace, and reads {@code NOTES.txt} as well. Files that the scanner
 * ignores are not compared. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class SealosCompat {
    private final List<String> images;
    private final List<ImageReference> missed;
    private final List<Invention> inventions;
    private final List<String> failures;
    private final List<String> archives;
    private final boolean endless;

    SealosCompat(
            List<String> images,
            List<ImageReference> missed,
            List<Invention> inventions,
            List<String> failures,
            List<String> archives,
            boolean endless) {
        this.images = List.copyOf(images);
        this.missed = List.copyOf(missed);
        this.inventions = List.copyOf(inventions);
        this.failures = List.copyOf(failures);
        this.archives = List.copyOf(archives);
        this.endless = endless;
    }

    /**
     * {@return the images that sealos would extract, after applying {@code .sealignore}, sorted, without duplicates}
     * Names from manifests and charts are normalized, and those from {@code images/shim} are as written, so an image
     * may be listed under two names. The list is empty if a file in {@code manifests} or {@code images/shim} prevents
     * sealos from creating it.
     */
    public List<String> images() {
        return images;
    }

    /**
     * {@return the archives of {@code images/skopeo/tar.txt}, in the order of the file, with paths relative to the
     * context directory, such as {@code docker-archive:images/skopeo/a.tar@team/a:1}} The list is empty if sealos fails
     * on one of the lines.
     */
    public List<String> archives() {
        return archives;
    }

    /**
     * {@return the places at which sealos saves the images, then the archives, with the addresses that a node requests}
     */
    public List<SealosPlace> places() {
        return Stream.concat(
                        images.stream().map(SealosPlace::ofImage),
                        archives.stream().map(SealosPlace::ofArchive))
                .toList();
    }

    /**
     * {@return whether sealos would never finish reading a list because it is a directory or a link to one} Its memory
     * use then grows until the machine has no memory left.
     */
    public boolean isEndless() {
        return endless;
    }

    /** {@return the images that the scan would save and sealos would not, sorted by name} */
    public List<ImageReference> missed() {
        return missed;
    }

    /** {@return the images that sealos would save and the scan would not, each with the reason} */
    public List<Invention> inventions() {
        return inventions;
    }

    /**
     * {@return the problems that would cause the build of sealos to fail before it saves an image, each with its place}
     */
    public List<String> failures() {
        return failures;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SealosCompat that
                && images.equals(that.images)
                && missed.equals(that.missed)
                && inventions.equals(that.inventions)
                && failures.equals(that.failures)
                && archives.equals(that.archives)
                && endless == that.endless;
    }

    @Override
    public int hashCode() {
        return Objects.hash(images, missed, inventions, failures, archives, endless);
    }

    /** {@return the differences as human-readable lines; an empty string if there are none} */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        failures.forEach(it -> text.append("! sealos fails: ").append(it).append('\n'));
        missed.forEach(it -> text.append("+ sealos misses ").append(it).append('\n'));
        inventions.forEach(it -> text.append("- sealos invents ").append(it).append('\n'));
        return text.toString();
    }

    /** An image that sealos would save and the scan would not. Immutable and thread-safe. */
    public static final class Invention {
        private final String image;
        private final String place;
        private final String reason;

        Invention(String image, String place, String reason) {
            this.image = image;
            this.place = place;
            this.reason = reason;
        }

        /** {@return the image as sealos names it} */
        public String image() {
            return image;
        }

        /** {@return the first place at which sealos finds it: file and line, and for a chart the template} */
        public String place() {
            return place;
        }

        /** {@return the reason why the scan would not save it} */
        public String reason() {
            return reason;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Invention that
                    && image.equals(that.image)
                    && place.equals(that.place)
                    && reason.equals(that.reason);
        }

        @Override
        public int hashCode() {
            return Objects.hash(image, place, reason);
        }

        /** {@return the image, place and reason on one line} */
        @Override
        public String toString() {
            return image + " (" + place + "): " + reason;
        }
    }
}
