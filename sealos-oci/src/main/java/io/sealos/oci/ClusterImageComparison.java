package io.sealos.oci;

import io.sealos.images.Digest;
import io.sealos.images.ImageDiff;
import io.sealos.internal.chart.ChartFile;
import io.sealos.internal.text.FileFailures;
import io.sealos.kubefile.ImageType;
import io.sealos.oci.ClusterImageDiff.ChartChange;
import io.sealos.oci.ClusterImageDiff.File;
import io.sealos.oci.ClusterImageDiff.FileAspect;
import io.sealos.oci.ClusterImageDiff.FileChange;
import io.sealos.oci.ClusterImageDiff.Setting;
import io.sealos.oci.ClusterImageDiff.SettingChange;
import io.sealos.oci.internal.tree.FlatFile;
import io.sealos.oci.internal.work.Interruptions;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compares two cluster images that have been read or planned. */
final class ClusterImageComparison {
    private final ComparedState before;
    private final ComparedState after;

    ClusterImageComparison(ComparedState before, ComparedState after) {
        this.before = before;
        this.after = after;
    }

    /** {@return the difference between images of two sources} */
    static ClusterImageDiff compare(
            ImageSource before, ImageChoice beforeChoice, ImageSource after, ImageChoice afterChoice)
            throws IOException {
        Objects.requireNonNull(before, "before");
        Objects.requireNonNull(beforeChoice, "beforeChoice");
        Objects.requireNonNull(after, "after");
        Objects.requireNonNull(afterChoice, "afterChoice");
        Interruptions.check("images were compared");
        try {
            if (haveSameManifest(before, beforeChoice, after, afterChoice)) {
                return ClusterImageDiff.NONE;
            }
            ComparedState earlier = compared(before, beforeChoice);
            ComparedState later = compared(after, afterChoice);
            return new ClusterImageComparison(earlier, later).compare();
        } catch (ClosedByInterruptException e) {
            throw Interruptions.during("images were compared", e);
        }
    }

    /** {@return whether images have one manifest, which spares the layers of an image at a registry} */
    private static boolean haveSameManifest(
            ImageSource before, ImageChoice beforeChoice, ImageSource after, ImageChoice afterChoice)
            throws IOException {
        if (!(before instanceof RegistryImage || after instanceof RegistryImage)) {
            return false;
        }
        Optional<Digest> earlier = FileFailures.explained(before, () -> before.manifest(beforeChoice));
        return earlier.isPresent() && earlier.equals(FileFailures.explained(after, () -> after.manifest(afterChoice)));
    }

    private static ComparedState compared(ImageSource source, ImageChoice choice) throws IOException {
        ComparedState read = FileFailures.explained(source, () -> ComparedState.of(source.compared(choice)));
        return source instanceof InnerImages ? read.withoutBlobs() : read;
    }

    /** {@return the difference between a finished image and a plan} */
    static ClusterImageDiff compare(ImageSource before, ImageChoice choice, BuildPlan after) throws IOException {
        Interruptions.check("images were compared");
        try {
            ComparedState earlier = compared(before, choice);
            ComparedState later = FileFailures.explained("the plan", () -> after.compared(earlier.platform()));
            return new ClusterImageComparison(earlier.withoutPlatforms(), later).compare();
        } catch (ClosedByInterruptException e) {
            throw Interruptions.during("images were compared", e);
        }
    }

    /** {@return the difference} */
    ClusterImageDiff compare() {
        return new ClusterImageDiff(
                ImageDiff.between(before.images(), after.images()),
                charts(charts(before.files()), charts(after.files())),
                settings(before, after),
                files(),
                bytesBeyond(after, before),
                bytesBeyond(before, after));
    }

    private static OptionalLong bytesBeyond(ComparedState of, ComparedState other) {
        return of.stored().isPresent() && other.stored().isPresent()
                ? OptionalLong.of(of.stored().get().bytesBeyond(other.stored().get()))
                : OptionalLong.empty();
    }

    private static SortedMap<String, SortedSet<String>> charts(SortedMap<String, FlatFile> files) {
        Set<String> directories = new TreeSet<>();
        files.forEach((path, file) -> {
            if (file.chart().isPresent() && path.endsWith("/" + ChartFile.NAME)) {
                directories.add(parent(path));
            }
        });
        SortedMap<String, SortedSet<String>> charts = new TreeMap<>();
        files.forEach((path, file) -> file.chart()
                .filter(chart -> !chart.name().isEmpty() && !isInside(parent(path), path, directories))
                .ifPresent(chart -> charts.computeIfAbsent(chart.name(), added -> new TreeSet<>())
                        .add(chart.version())));
        return charts;
    }

    /** {@return whether a chart is a dependency in the directory of another one} */
    private static boolean isInside(String directory, String path, Set<String> charts) {
        String above = path.endsWith("/" + ChartFile.NAME) ? parent(directory) : directory;
        while (!above.isEmpty() && !charts.contains(above)) {
            above = parent(above);
        }
        return !above.isEmpty();
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    private static List<ChartChange> charts(
            SortedMap<String, SortedSet<String>> earlier, SortedMap<String, SortedSet<String>> later) {
        List<ChartChange> changes = new ArrayList<>();
        for (String name : keys(earlier, later)) {
            List<String> before = values(earlier.get(name));
            List<String> after = values(later.get(name));
            if (!before.equals(after)) {
                changes.add(new ChartChange(name, before, after));
            }
        }
        return changes;
    }

    private static List<String> values(@Nullable Collection<String> values) {
        return values == null ? List.of() : List.copyOf(values);
    }

    private static Set<String> keys(Map<String, ?> one, Map<String, ?> other) {
        Set<String> keys = new TreeSet<>(one.keySet());
        keys.addAll(other.keySet());
        return keys;
    }

    private static List<SettingChange> settings(ComparedState earlier, ComparedState later) {
        List<SettingChange> changes = new ArrayList<>();
        add(changes, Setting.PLATFORM, platform(earlier), platform(later));
        add(changes, Setting.TYPE, type(earlier), type(later));
        add(
                changes,
                Setting.ENTRYPOINT,
                earlier.config().entrypoint(),
                later.config().entrypoint());
        add(changes, Setting.CMD, earlier.config().cmd(), later.config().cmd());
        addAll(changes, Setting.ENV, earlier.config().env(), later.config().env());
        addAll(changes, Setting.LABEL, earlier.config().labels(), later.config().labels());
        return changes;
    }

    private static List<String> platform(ComparedState image) {
        return List.of(image.platform().toString());
    }

    private static List<String> type(ComparedState image) {
        return List.of(
                ImageType.of(image.config().labels()).map(ImageType::label).orElse("unknown"));
    }

    private static void addAll(
            List<SettingChange> changes, Setting setting, Map<String, String> earlier, Map<String, String> later) {
        for (String name : keys(earlier, later)) {
            add(changes, setting, name, value(earlier, name), value(later, name));
        }
    }

    private static List<String> value(Map<String, String> values, String name) {
        return Optional.ofNullable(values.get(name)).map(List::of).orElse(List.of());
    }

    private static void add(List<SettingChange> changes, Setting setting, List<String> before, List<String> after) {
        add(changes, setting, "", before, after);
    }

    private static void add(
            List<SettingChange> changes, Setting setting, String name, List<String> before, List<String> after) {
        if (!before.equals(after)) {
            changes.add(new SettingChange(setting, name, before, after));
        }
    }

    private List<FileChange> files() {
        List<FileChange> changes = new ArrayList<>();
        for (String path : keys(before.files(), after.files())) {
            Optional<File> earlier = file(before, path);
            Optional<File> later = file(after, path);
            FileChange change = new FileChange(path, earlier, later);
            if (earlier.isEmpty() || later.isEmpty() || !change.aspects().isEmpty()) {
                changes.add(change);
            }
        }
        return changes;
    }

    private static Optional<File> file(ComparedState image, String path) {
        return Optional.ofNullable(image.files().get(path))
                .map(file -> new File(
                        FileType.valueOf(file.kind().name()),
                        file.mode(),
                        file.owner().uid(),
                        file.owner().gid(),
                        file.size(),
                        file.digest(),
                        file.target(),
                        file.layer()));
    }

    static List<FileAspect> aspects(File before, File after) {
        if (before.type() != after.type()) {
            return List.of(FileAspect.TYPE);
        }
        List<FileAspect> aspects = new ArrayList<>();
        if (before.mode() != after.mode()) {
            aspects.add(FileAspect.MODE);
        }
        if (before.uid() != after.uid() || before.gid() != after.gid()) {
            aspects.add(FileAspect.OWNER);
        }
        if (!before.digest().equals(after.digest()) || before.size() != after.size()) {
            aspects.add(FileAspect.CONTENT);
        }
        if (!before.target().equals(after.target())) {
            aspects.add(FileAspect.TARGET);
        }
        return List.copyOf(aspects);
    }
}
