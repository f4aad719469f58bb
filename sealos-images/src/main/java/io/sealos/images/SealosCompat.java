package io.sealos.images;

import java.util.List;
import java.util.stream.Stream;

/**
 * The images that <a href="https://github.com/labring/sealos">sealos</a> (commit {@code beea1e56},
 * {@code pkg/sreg/buildimage}) would extract from the files of a scan, compared with those that the scan would save.
 *
 * <p>sealos reads lines, no YAML: what follows the first {@code image:} of a line is an image if it parses as one.
 * Three differences are dangerous:
 *
 * <ul>
 *   <li>Where tag and digest stand together it drops the digest, so that what is saved may not be what was pinned.
 *   <li>{@code image: auto} or {@code my-image:v1} become {@code docker.io/library/auto} and
 *       {@code docker.io/library/v1}: if nobody has such a name the whole build fails; if somebody has, a stranger's
 *       image is saved.
 *   <li>A line longer than 4096 bytes is cut there, and a cut reference can be another valid one.
 * </ul>
 *
 * <p>Charts are compared by the scan's own rendering with the values that sealos uses, their own and
 * {@code charts/<name>.values.yaml}. sealos renders for Kubernetes 1.20.0, so scan with that version to see its list;
 * its release is named {@code dryrun} and has no namespace, and it reads {@code NOTES.txt} too. Files that the scanner
 * was told not to read are on neither side. Immutable and thread-safe.
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
     * {@return the list of sealos after {@code .sealignore}, sorted, nothing twice} Names from manifests and charts are
     * normalised, those from {@code images/shim} are as typed, so that an image may be there under two names. Empty
     * where a file in {@code manifests} or {@code images/shim} keeps sealos from its list.
     */
    public List<String> images() {
        return images;
    }

    /**
     * {@return the archives of {@code images/skopeo/tar.txt}, in their order, with paths from the context directory on,
     * such as {@code docker-archive:images/skopeo/a.tar@team/a:1}} Empty where a line of the list stops sealos.
     */
    public List<String> archives() {
        return archives;
    }

    /** {@return where sealos saves all of these and what a node asks for, the images first} */
    public List<SealosPlace> places() {
        return Stream.concat(
                        images.stream().map(SealosPlace::ofImage),
                        archives.stream().map(SealosPlace::ofArchive))
                .toList();
    }

    /**
     * {@return whether sealos would read a list for ever, because it is a directory or a link to one; its memory grows
     * until the machine has no more}
     */
    public boolean isEndless() {
        return endless;
    }

    /** {@return the images that the scan would save and sealos would not, in the order of their names} */
    public List<ImageReference> missed() {
        return missed;
    }

    /** {@return the images that sealos would save and the scan would not, each with the reason} */
    public List<Invention> inventions() {
        return inventions;
    }

    /** {@return the problems that would make the build of sealos fail before it saves anything, each with its place} */
    public List<String> failures() {
        return failures;
    }

    /** {@return the difference as lines to show to people; empty if there is none} */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        failures.forEach(it -> text.append("! sealos fails: ").append(it).append('\n'));
        missed.forEach(it -> text.append("+ sealos misses ").append(it).append('\n'));
        inventions.forEach(it -> text.append("- sealos invents ").append(it).append('\n'));
        return text.toString();
    }

    /** An image that sealos would save and the scan would not. Immutable. */
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

        /** {@return where sealos sees it first: file and line, for a chart with the template that rendered it} */
        public String place() {
            return place;
        }

        /** {@return why it is not saved} */
        public String reason() {
            return reason;
        }

        /** {@return image, place and reason in one line} */
        @Override
        public String toString() {
            return image + " (" + place + "): " + reason;
        }
    }
}
