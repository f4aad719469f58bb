package io.sealos.images;

import io.sealos.images.ImageDiff.Change;
import io.sealos.internal.overlay.ReportedPath;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** Merges the differences of several directories. A change that several of them have is kept once. */
final class DiffMerge {
    private static final Comparator<Change> ORDER = Comparator.comparing(Change::repository)
            .thenComparing(Change::kind)
            .thenComparing(it -> it.before().toString())
            .thenComparing(it -> it.after().toString());

    private final Map<Change, SortedSet<String>> changes = new LinkedHashMap<>();
    private final Set<String> directories = new LinkedHashSet<>();
    private final Set<ScanProblem> gapsBefore = new LinkedHashSet<>();
    private final Set<ScanProblem> gapsAfter = new LinkedHashSet<>();

    /** {@return the difference between two inventories of several directories, directory by directory} */
    static ImageDiff between(
            SortedMap<String, List<ImageReference>> before, SortedMap<String, List<ImageReference>> after) {
        SortedSet<String> all = new TreeSet<>(before.keySet());
        all.addAll(after.keySet());
        DiffMerge merge = new DiffMerge();
        for (String directory : all) {
            List<ImageReference> earlier = before.getOrDefault(directory, List.of());
            List<ImageReference> later = after.getOrDefault(directory, List.of());
            merge.add(directory, ImageDiff.between(images(earlier), images(later)));
        }
        return merge.merged();
    }

    private static List<ImageDiff.Image> images(List<ImageReference> references) {
        return references.stream().map(ImageDiff.Image::of).toList();
    }

    /**
     * Adds a difference.
     *
     * @param directory the path from the common directory to its directory; empty if they are the same
     */
    void add(String directory, ImageDiff diff) {
        directories.add(ReportedPath.within(directory, ReportedPath.SINGLE));
        for (Change change : diff.changes()) {
            SortedSet<String> its = changes.computeIfAbsent(within(change, List.of()), it -> new TreeSet<>());
            List<String> inner = change.directories().isEmpty() ? List.of(ReportedPath.SINGLE) : change.directories();
            inner.forEach(it -> its.add(ReportedPath.within(directory, it)));
            directories.addAll(its);
        }
        diff.gapsBefore().forEach(it -> gapsBefore.add(directory.isEmpty() ? it : it.within(directory)));
        diff.gapsAfter().forEach(it -> gapsAfter.add(directory.isEmpty() ? it : it.within(directory)));
    }

    ImageDiff merged() {
        boolean several = directories.size() > 1;
        List<Change> merged = changes.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(ORDER))
                .map(it -> within(it.getKey(), several ? List.copyOf(it.getValue()) : List.of()))
                .toList();
        return ImageDiff.of(merged).withGaps(gapsBefore, gapsAfter);
    }

    private static Change within(Change change, List<String> directories) {
        return new Change(change.kind(), change.repository(), change.before(), change.after(), directories);
    }
}
