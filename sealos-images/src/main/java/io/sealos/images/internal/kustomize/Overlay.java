package io.sealos.images.internal.kustomize;

import io.sealos.images.internal.context.ContextFiles;
import io.sealos.images.internal.yaml.YamlNode;
import io.sealos.images.internal.yaml.YamlNode.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The changes that an object of Flux or Argo CD makes to the kustomization of the directory that it deploys.
 *
 * @param file the file with the object
 * @param fields fields of a kustomization, at their lines in the file
 * @param lenient whether a directory without a kustomization gets one with all its manifests, and kustomizations may
 *     read files outside of their directories, as in Flux
 */
public record Overlay(Path file, YamlNode fields, boolean lenient) {
    private static final List<String> LISTS = List.of("patches", "components", "images", "replicas");

    /** {@return a kustomization with the changes} */
    static Kustomization applied(Kustomization kustomization, YamlNode fields) throws KustomizeException {
        YamlNode root = kustomization.root();
        for (YamlNode.Entry entry : fields.entries()) {
            YamlNode old = root.get(entry.key());
            boolean longer = old != null && LISTS.contains(entry.key());
            YamlNode value = longer && old != null ? extended(old, entry.value(), entry.key()) : entry.value();
            root = root.with(entry.key(), value);
        }
        return Kustomization.of(kustomization.directory(), root);
    }

    /** {@return a list with further items; an image replaces the entry with the same name} */
    private static YamlNode extended(YamlNode list, YamlNode further, String field) {
        List<YamlNode> items = new ArrayList<>(list.items());
        for (YamlNode item : further.items()) {
            int at = 0;
            while (at < items.size() && !items.get(at).textOf("name").equals(item.textOf("name"))) {
                at++;
            }
            if (at < items.size() && field.equals("images")) {
                items.set(at, item);
            } else {
                items.add(item);
            }
        }
        return list.withItems(items);
    }

    /**
     * {@return a kustomization with the manifests below a directory, and with the directories that have a kustomization
     * of their own}
     */
    static Kustomization generated(Path directory, ContextFiles context, int line) throws IOException {
        Set<String> names = new LinkedHashSet<>();
        for (Path file : context.below(context.name(directory))) {
            Path part = withKustomization(directory, directory.relativize(file));
            String name = String.valueOf(part).replace('\\', '/');
            if (!part.equals(directory.relativize(file)) || name.endsWith(".yaml") || name.endsWith(".yml")) {
                names.add(name);
            }
        }
        Place place = new Place(line, 1);
        List<YamlNode> resources =
                names.stream().map(it -> YamlNode.text(it, place)).toList();
        YamlNode root = YamlNode.mapping(place)
                .with("resources", YamlNode.sequence(place).withItems(resources));
        return new Kustomization(directory, root);
    }

    /** {@return the first directory on the way to a file that has a kustomization, or the file} */
    private static Path withKustomization(Path directory, Path file) {
        for (int i = 1; i < file.getNameCount(); i++) {
            Path part = file.subpath(0, i);
            if (Kustomization.NAMES.stream()
                    .anyMatch(it -> Files.isRegularFile(directory.resolve(part).resolve(it)))) {
                return part;
            }
        }
        return file;
    }
}
