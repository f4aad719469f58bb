package io.sealos.images;

import io.sealos.internal.json.ImageDiffJson;
import io.sealos.internal.json.PrettyJson;
import io.sealos.internal.overlay.ReportedPath;
import io.sealos.kubefile.Platform;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The difference between the images of two scans, plans or locks: the images that were added or removed, and those that
 * have other tags, digests or platforms.
 *
 * <pre>{@code
 * ImageDiff diff = ImageDiff.between(ImageLock.read(committed), image.resolve());
 * if (!diff.isEmpty()) {
 *     comment(diff.toMarkdown());
 * }
 * }</pre>
 *
 * <p>Images are compared by repository. {@code nginx} and {@code nginx:latest} are the same image. The places at which
 * images occur are not compared. Two differences are equal if they have the same changes and gaps. Immutable and
 * thread-safe.
 *
 * @since 0.1.0
 */
public final class ImageDiff {
    private static final int VERSION = 1;

    private final List<Change> changes;
    private final List<ScanProblem> gapsBefore;
    private final List<ScanProblem> gapsAfter;

    private ImageDiff(List<Change> changes, Collection<ScanProblem> gapsBefore, Collection<ScanProblem> gapsAfter) {
        this.changes = List.copyOf(changes);
        this.gapsBefore = List.copyOf(gapsBefore);
        this.gapsAfter = List.copyOf(gapsAfter);
    }

    /**
     * {@return the difference between the images that two scans found and that would be saved} Digests are known only
     * if they are part of the references. If a scan has gaps, the difference is not complete. Inventories of several
     * directories ({@link ImageInventory#merged}) are compared directory by directory, as by {@link #merged}.
     *
     * @param before the earlier scan
     * @param after the later scan
     */
    public static ImageDiff between(ImageInventory before, ImageInventory after) {
        ImageDiff diff = DiffMerge.between(before.referencesByDirectory(), after.referencesByDirectory());
        return diff.withGaps(before.gaps(), after.gaps());
    }

    /**
     * {@return the differences of several directories as one, such as those of all locks of a repository} A change that
     * several directories have is listed once, with their paths. The paths of gaps are relative to the common
     * directory, too.
     *
     * @param root the common directory, such as that of the repository; it may be one of the directories
     * @param differences the difference of each directory; a directory need not exist
     * @throws IllegalArgumentException if a directory is not below the common one
     */
    public static ImageDiff merged(Path root, Map<Path, ImageDiff> differences) {
        Objects.requireNonNull(root, "root");
        DiffMerge merge = new DiffMerge();
        differences.entrySet().stream()
                .sorted(Comparator.<Map.Entry<Path, ImageDiff>, String>comparing(
                                it -> ReportedPath.of(root, it.getKey()))
                        .thenComparing(it -> it.getKey().toString()))
                .forEach(it -> merge.add(ReportedPath.of(root, it.getKey()), it.getValue()));
        return merge.merged();
    }

    static ImageDiff of(List<Change> changes) {
        return new ImageDiff(changes, List.of(), List.of());
    }

    /**
     * {@return the difference between two locks} The digests are compared for each platform.
     *
     * @param before the earlier lock
     * @param after the later lock
     */
    public static ImageDiff between(ImageLock before, ImageLock after) {
        return between(images(before), images(after));
    }

    /**
     * {@return the difference between a lock and the images that a scan found, such as what a directory needs that its
     * committed lock lacks} Tags are compared, and digests if they are part of the references, but not the digests and
     * platforms that only the lock knows. An artifact that is in the lock, and that a controller still fetches, has not
     * changed. An image that a build got without being found, from {@code ClusterImageBuilder.image}, is removed; the
     * plan of the build knows it ({@code BuildPlan.imageDiffSince}).
     *
     * @param before the lock
     * @param after the scan
     */
    public static ImageDiff between(ImageLock before, ImageInventory after) {
        List<Image> locked = before.entries().stream()
                .map(it -> Image.of(it.reference()))
                .distinct()
                .toList();
        Stream<Image> artifacts = after.artifacts().stream().map(Image::of).filter(locked::contains);
        List<Image> found = Stream.concat(after.references().stream().map(Image::of), artifacts)
                .distinct()
                .toList();
        return between(locked, found).withGaps(List.of(), after.gaps());
    }

    /**
     * {@return the difference between the images that a scan found and a lock} It is the {@linkplain #reversed()
     * reverse} of {@link #between(ImageLock, ImageInventory)}.
     *
     * @param before the scan
     * @param after the lock
     */
    public static ImageDiff between(ImageInventory before, ImageLock after) {
        return between(after, before).reversed();
    }

    /**
     * {@return the difference between two collections of images} Their order does not matter.
     *
     * @param before the earlier images
     * @param after the later images
     */
    public static ImageDiff between(Collection<Image> before, Collection<Image> after) {
        Objects.requireNonNull(before, "before");
        Objects.requireNonNull(after, "after");
        return of(ImageComparison.changes(before, after));
    }

    /**
     * {@return a copy of this difference with other gaps; it is complete if there are none}
     *
     * @param before the gaps in the earlier images
     * @param after the gaps in the later images
     */
    public ImageDiff withGaps(Collection<ScanProblem> before, Collection<ScanProblem> after) {
        return new ImageDiff(changes, before, after);
    }

    /** {@return the difference in the other direction, from the later images to the earlier ones} */
    public ImageDiff reversed() {
        List<Change> reversed = changes.stream()
                .map(Change::reversed)
                .sorted(Comparator.comparing(Change::repository).thenComparing(Change::kind))
                .toList();
        return new ImageDiff(reversed, gapsAfter, gapsBefore);
    }

    /**
     * {@return whether neither the earlier nor the later images have gaps} If the difference is not complete, an image
     * may be reported as removed although the application still runs it, for example because its chart can no longer be
     * rendered.
     */
    public boolean isComplete() {
        return gapsBefore.isEmpty() && gapsAfter.isEmpty();
    }

    /**
     * {@return the gaps of the later images that the earlier ones do not have, in their order} A gap is the same if
     * kind, file and message are equal, apart from the numbers of lines and columns in the message; of several equal
     * ones, as many as there were. All gaps are new if those of the earlier images are not known, as for a lock.
     */
    public List<ScanProblem> newGaps() {
        return DiffGaps.without(gapsAfter, gapsBefore);
    }

    List<ScanProblem> gapsBefore() {
        return gapsBefore;
    }

    List<ScanProblem> gapsAfter() {
        return gapsAfter;
    }

    private static List<Image> images(ImageLock lock) {
        return lock.entries().stream().map(Image::of).toList();
    }

    /** The kinds of changes. */
    public enum Kind {
        /** The repository has more tags than before, and none was removed. */
        ADDED("added"),
        /** The repository has fewer tags than before, and none was added. */
        REMOVED("removed"),
        /** Tags of the repository were replaced by others. */
        RETAGGED("retagged"),
        /** The tag is the same, but the digest is not, or only one of the two references has a digest. */
        DIGEST_CHANGED("other digest"),
        /** The tag and the digests are the same, but the platforms are not. */
        PLATFORMS_CHANGED("other platforms");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }

        private Kind reversed() {
            return switch (this) {
                case ADDED -> REMOVED;
                case REMOVED -> ADDED;
                default -> this;
            };
        }
    }

    /**
     * An image that is compared.
     *
     * @param reference the image; {@code latest} is added if it has neither tag nor digest
     * @param digest the digest of its manifest or index; empty if it is not known, in which case it is not compared
     * @param platforms the platforms for which the image is needed, sorted by name; empty if they are not known
     */
    public record Image(ImageReference reference, Optional<Digest> digest, List<Platform> platforms) {
        /**
         * Completes the reference, takes its digest if no other one is given, and sorts the platforms.
         *
         * @param reference the image; {@code latest} is added if it has neither tag nor digest
         * @param digest the digest of its manifest or index; empty if it is not known, in which case it is not compared
         * @param platforms the platforms for which the image is needed, sorted by name; empty if they are not known
         */
        public Image {
            reference = reference.withDefaultTag();
            digest = digest.or(reference::digest);
            platforms = platforms.stream()
                    .distinct()
                    .sorted(ImageComparison.PLATFORMS)
                    .toList();
        }

        /**
         * {@return an image without platforms, with the digest of its reference if that has one}
         *
         * @param reference the image
         */
        public static Image of(ImageReference reference) {
            return new Image(reference, Optional.empty(), List.of());
        }

        /**
         * {@return a locked image with its digest and platforms}
         *
         * @param entry the entry of the lock
         */
        public static Image of(ImageLock.Entry entry) {
            return new Image(entry.reference(), Optional.of(entry.digest()), entry.platforms());
        }
    }

    /**
     * A change of the images of one repository.
     *
     * @param kind the kind of change
     * @param repository the canonical name without a tag, such as {@code docker.io/library/nginx}
     * @param before the images that changed, sorted; empty if images were only added
     * @param after the images to which they changed, sorted; empty if images were only removed
     * @param directories the directories in which they changed, relative to a common directory, sorted; empty if the
     *     difference is not about several directories
     */
    public record Change(
            Kind kind, String repository, List<Image> before, List<Image> after, List<String> directories) {
        /**
         * Copies the lists.
         *
         * @param kind the kind of change
         * @param repository the canonical name without a tag, such as {@code docker.io/library/nginx}
         * @param before the images that changed, sorted; empty if images were only added
         * @param after the images to which they changed, sorted; empty if images were only removed
         * @param directories the directories in which they changed, relative to a common directory, sorted; empty if
         *     the difference is not about several directories
         */
        public Change {
            before = List.copyOf(before);
            after = List.copyOf(after);
            directories = List.copyOf(directories);
        }

        private Change reversed() {
            return new Change(kind.reversed(), repository, after, before, directories);
        }
    }

    /** {@return whether nothing has changed, as far as is known; see {@link #isComplete()}} */
    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /** {@return all changes, sorted by repository, kind and tag} */
    public List<Change> changes() {
        return changes;
    }

    /**
     * {@return the changes of one kind, in the order of {@link #changes()}}
     *
     * @param kind the kind
     */
    public List<Change> changes(Kind kind) {
        return changes.stream().filter(it -> it.kind() == kind).toList();
    }

    /**
     * {@return the difference as human-readable text, with a trailing line feed} Each change is on a line of its own,
     * such as {@code retagged: docker.io/library/nginx 1.24 -> 1.25}, followed by the directories if there are several.
     * The last of these lines has the numbers of changes. If the difference is not complete, further lines list the
     * gaps.
     */
    public String toText() {
        return ImageDiffText.text(this);
    }

    /**
     * {@return the difference in Markdown, such as for a comment on a pull request, with a trailing line feed} It
     * consists of a line with the numbers of changes, and a table with a row for each change, with a column for the
     * directories if there are several. Digests are shortened to twelve hexadecimal digits if that does not make them
     * equal. If the difference is not complete, a list of the gaps follows: first those of the later images only, then
     * those of both.
     */
    public String toMarkdown() {
        return ImageDiffText.markdown(this);
    }

    /**
     * {@return the difference as a JSON object for other programs, with a trailing line feed}
     *
     * <p>The object has {@code version} (1), {@code complete}, {@code gapsBefore}, {@code gapsAfter} and
     * {@code changes}. A gap has {@code kind} (the name of a {@link ScanProblem.Kind}), {@code file}, {@code line} (0
     * for the whole file) and {@code message}; a gap after also has {@code new} ({@link #newGaps()}). A change has
     * {@code kind} (the name of a {@link Kind}), {@code repository}, {@code before}, {@code after} and, if there are
     * several directories, {@code directories}. An image has {@code reference} (canonical), {@code digest} (an empty
     * string if it is not known) and {@code platforms}. Properties may be added without a new version.
     */
    public String toJson() {
        return PrettyJson.object(json -> {
            json.writeNumberField("version", VERSION);
            json.writeBooleanField("complete", isComplete());
            PrettyJson.objects(json, "gapsBefore", gapsBefore, ImageDiffJson::write);
            Set<ScanProblem> isNew = Collections.newSetFromMap(new IdentityHashMap<>());
            isNew.addAll(newGaps());
            PrettyJson.objects(json, "gapsAfter", gapsAfter, (out, gap) -> {
                ImageDiffJson.write(out, gap);
                out.writeBooleanField("new", isNew.contains(gap));
            });
            PrettyJson.objects(json, "changes", changes, ImageDiffJson::write);
        });
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ImageDiff that
                && changes.equals(that.changes)
                && gapsBefore.equals(that.gapsBefore)
                && gapsAfter.equals(that.gapsAfter);
    }

    @Override
    public int hashCode() {
        return Objects.hash(changes, gapsBefore, gapsAfter);
    }

    /** {@return the numbers of changes on one line, such as {@code images: 2 added, 1 retagged}} */
    @Override
    public String toString() {
        return ImageDiffText.summary(this);
    }
}
