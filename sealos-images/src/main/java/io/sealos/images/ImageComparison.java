package io.sealos.images;

import io.sealos.images.ImageDiff.Change;
import io.sealos.images.ImageDiff.Image;
import io.sealos.images.ImageDiff.Kind;
import io.sealos.kubefile.Platform;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares the images of one repository, tag by tag. Images without a tag, which are named by their digests alone, are
 * compared as if they had one common tag.
 */
final class ImageComparison {
    static final Comparator<Platform> PLATFORMS = Comparator.comparing(Platform::toString);

    private static final Comparator<Image> IMAGES = Comparator.comparing(Image::reference)
            .thenComparing(it -> it.digest().map(Digest::toString).orElse(""))
            .thenComparing(it -> it.platforms().toString());

    private final String repository;
    private final SortedMap<String, List<Image>> before;
    private final SortedMap<String, List<Image>> after;
    private final List<Image> gone = new ArrayList<>();
    private final List<Image> come = new ArrayList<>();
    private final List<Change> sameTag = new ArrayList<>();

    private ImageComparison(String repository, List<Image> before, List<Image> after) {
        this.repository = repository;
        this.before = grouped(before, ImageComparison::tag);
        this.after = grouped(after, ImageComparison::tag);
    }

    static List<Change> changes(Collection<Image> before, Collection<Image> after) {
        SortedMap<String, List<Image>> earlier =
                grouped(before, it -> it.reference().name());
        SortedMap<String, List<Image>> later =
                grouped(after, it -> it.reference().name());
        List<Change> changes = new ArrayList<>();
        for (String repository : keys(earlier, later)) {
            changes.addAll(new ImageComparison(
                            repository,
                            earlier.getOrDefault(repository, List.of()),
                            later.getOrDefault(repository, List.of()))
                    .compare());
        }
        return changes;
    }

    private static SortedMap<String, List<Image>> grouped(Collection<Image> images, Function<Image, String> key) {
        return images.stream()
                .distinct()
                .sorted(IMAGES)
                .collect(Collectors.groupingBy(key, TreeMap::new, Collectors.toList()));
    }

    private static Set<String> keys(SortedMap<String, ?> one, SortedMap<String, ?> other) {
        Set<String> keys = new TreeSet<>(one.keySet());
        keys.addAll(other.keySet());
        return keys;
    }

    private static String tag(Image image) {
        return image.reference().tag().orElse("");
    }

    private List<Change> compare() {
        for (String tag : keys(before, after)) {
            List<Image> earlier = before.getOrDefault(tag, List.of());
            List<Image> later = after.getOrDefault(tag, List.of());
            compare(tag.isEmpty() ? without(earlier, later) : earlier, tag.isEmpty() ? without(later, earlier) : later);
        }
        List<Change> changes = new ArrayList<>();
        if (!gone.isEmpty() || !come.isEmpty()) {
            changes.add(change(otherTags(), gone, come));
        }
        sameTag.sort(Comparator.comparing(Change::kind));
        changes.addAll(sameTag);
        return changes;
    }

    private Change change(Kind kind, List<Image> earlier, List<Image> later) {
        return new Change(kind, repository, earlier, later, List.of());
    }

    private static List<Image> without(List<Image> images, List<Image> others) {
        Set<Image> known = Set.copyOf(others);
        return images.stream().filter(it -> !known.contains(it)).toList();
    }

    private Kind otherTags() {
        if (gone.isEmpty()) {
            return Kind.ADDED;
        }
        return come.isEmpty() ? Kind.REMOVED : Kind.RETAGGED;
    }

    /** Compares the images of one tag. */
    private void compare(List<Image> earlier, List<Image> later) {
        if (earlier.isEmpty() || later.isEmpty()) {
            gone.addAll(earlier);
            come.addAll(later);
        } else if (!sameDigests(earlier, later)) {
            sameTag.add(change(Kind.DIGEST_CHANGED, earlier, later));
        } else if (areKnown(earlier) && areKnown(later) && !platforms(earlier).equals(platforms(later))) {
            sameTag.add(change(Kind.PLATFORMS_CHANGED, earlier, later));
        }
    }

    /** {@return whether each platform that is needed before and after has the same digests; all images if none is} */
    private static boolean sameDigests(List<Image> earlier, List<Image> later) {
        Set<String> common = platforms(earlier);
        common.retainAll(platforms(later));
        if (common.isEmpty()) {
            return sameImages(earlier, later);
        }
        return common.stream().allMatch(platform -> sameImages(images(earlier, platform), images(later, platform)));
    }

    private static boolean areKnown(List<Image> images) {
        return images.stream().noneMatch(image -> image.platforms().isEmpty());
    }

    /** {@return the names of the platforms; an image whose platforms are not known has one with an empty name} */
    private static Set<String> platforms(List<Image> images) {
        return images.stream().flatMap(ImageComparison::platforms).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> platforms(Image image) {
        return image.platforms().isEmpty()
                ? Stream.of("")
                : image.platforms().stream().map(Platform::toString);
    }

    private static List<Image> images(List<Image> images, String platform) {
        return images.stream()
                .filter(image -> platforms(image).anyMatch(platform::equals))
                .toList();
    }

    private static boolean sameImages(List<Image> earlier, List<Image> later) {
        boolean same = earlier.size() == later.size();
        for (int i = 0; same && i < earlier.size(); i++) {
            Image one = earlier.get(i);
            Image other = later.get(i);
            boolean known = one.digest().isPresent() && other.digest().isPresent();
            same = one.reference().equals(other.reference())
                    && (!known || one.digest().equals(other.digest()));
        }
        return same;
    }
}
