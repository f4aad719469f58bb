package io.sealos.oci.internal.build.merge;

import io.sealos.kubefile.ContainerConfig;
import io.sealos.kubefile.Platform;
import io.sealos.oci.MergeConflict;
import io.sealos.oci.MergeConflict.Kind;
import io.sealos.oci.internal.tree.MergedEntry;
import io.sealos.oci.internal.tree.MergedTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntPredicate;

/** Finds the values in which the images of a merge differ. */
final class Differences {
    private static final String REPOSITORIES = "registry/docker/registry/v2/repositories/";
    private static final String TAGS = "/_manifests/tags/";
    private static final String LINK = "/current/link";

    private final Platform platform;
    private final List<String> names;
    private final List<Integer> ranks;
    private final List<MergeConflict> found = new ArrayList<>();

    /**
     * Creates a search.
     *
     * @param names the names of the images
     * @param preferred the positions of the images that win over all others, the strongest last
     */
    Differences(Platform platform, List<String> names, List<Integer> preferred) {
        this.platform = platform;
        this.names = names;
        this.ranks = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            int rank = preferred.lastIndexOf(i);
            ranks.add(rank < 0 ? i : names.size() + rank);
        }
    }

    List<MergeConflict> found() {
        return List.copyOf(found);
    }

    /** Adds the tags of {@code registry/} that point to several digests. */
    Differences tags(MergedTree tree) throws IOException {
        for (String path : tree.differingPaths()) {
            Optional<String> tag = tag(path);
            if (tag.isPresent()) {
                add(Kind.TAG, tag.get(), tree.texts(path));
            }
        }
        return this;
    }

    /** Adds the paths at which images have different files, apart from tags. */
    Differences files(MergedTree tree) throws IOException {
        for (String path : tree.differingPaths()) {
            if (tag(path).isEmpty()) {
                add(Kind.FILE, path, tree.entries(path));
            }
        }
        return this;
    }

    private static Optional<String> tag(String path) {
        int tags = path.indexOf(TAGS);
        if (!path.startsWith(REPOSITORIES) || !path.endsWith(LINK) || tags < 0) {
            return Optional.empty();
        }
        String tag = path.substring(tags + TAGS.length(), path.length() - LINK.length());
        return Optional.of(path.substring(REPOSITORIES.length(), tags) + ":" + tag);
    }

    private void add(Kind kind, String name, List<MergedEntry> entries) {
        Map<Integer, String> values = new LinkedHashMap<>();
        entries.forEach(entry -> values.put(entry.image(), entry.description()));
        add(kind, name, values);
    }

    /** Adds the labels, variables and other values of the configurations. */
    Differences configs(List<ContainerConfig> configs, ContainerConfig merged) {
        maps(Kind.LABEL, configs.stream().map(ContainerConfig::labels).toList(), merged.labels());
        maps(Kind.ENV, configs.stream().map(ContainerConfig::env).toList(), merged.env());
        setting("User", configs, ContainerConfig::user);
        setting("WorkingDir", configs, ContainerConfig::workingDir);
        setting("StopSignal", configs, ContainerConfig::stopSignal);
        setting("author", configs, ContainerConfig::author);
        return this;
    }

    /** Adds the annotations of the manifests. */
    Differences annotations(List<Map<String, String>> images, Map<String, String> merged) {
        maps(Kind.ANNOTATION, images, merged);
        return this;
    }

    /** Compares maps by the keys that the merged image has. */
    private void maps(Kind kind, List<Map<String, String>> images, Map<String, String> merged) {
        for (String key : new TreeSet<>(merged.keySet())) {
            Map<Integer, String> values = new LinkedHashMap<>();
            for (int i = 0; i < images.size(); i++) {
                Optional.ofNullable(images.get(i).get(key)).ifPresent(put(values, i));
            }
            String used = merged.getOrDefault(key, "");
            add(kind, key, values, image -> used.equals(values.get(image)));
        }
    }

    private void setting(
            String name, List<ContainerConfig> configs, Function<ContainerConfig, Optional<String>> property) {
        Map<Integer, String> values = new LinkedHashMap<>();
        for (int i = 0; i < configs.size(); i++) {
            property.apply(configs.get(i)).ifPresent(put(values, i));
        }
        add(Kind.SETTING, name, values);
    }

    private static Consumer<String> put(Map<Integer, String> values, int image) {
        return value -> values.put(image, value);
    }

    private int strongest(Map<Integer, String> values) {
        return values.keySet().stream().mapToInt(ranks::get).max().orElse(-1);
    }

    private void add(Kind kind, String name, Map<Integer, String> values) {
        int strongest = strongest(values);
        add(kind, name, values, image -> ranks.get(image) == strongest);
    }

    private void add(Kind kind, String name, Map<Integer, String> values, IntPredicate isUsed) {
        if (values.values().stream().distinct().count() < 2) {
            return;
        }
        List<MergeConflict.Version> versions = new ArrayList<>();
        values.forEach(
                (image, value) -> versions.add(new MergeConflict.Version(names.get(image), value, isUsed.test(image))));
        found.add(new MergeConflict(platform, kind, name, versions, strongest(values) >= names.size()));
    }
}
