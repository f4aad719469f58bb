package io.sealos.images.internal.kustomize;

import io.sealos.images.internal.context.ContextFiles;
import io.sealos.images.internal.yaml.YamlNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The files in the context directory to which a kustomization refers that cannot be evaluated: its own, those of its
 * bases and components, their resources and their patches.
 */
final class ReferredFiles {
    private static final List<String> FIELDS =
            List.of("resources", "bases", "components", "patchesStrategicMerge", "patches", "patchesJson6902");

    private final ContextFiles context;
    private final Set<Path> found = new LinkedHashSet<>();

    private ReferredFiles(ContextFiles context) {
        this.context = context;
    }

    /** {@return the files of the kustomization of a directory; without one, all manifests below the directory} */
    static Set<Path> of(Path directory, ContextFiles context) throws IOException {
        ReferredFiles files = new ReferredFiles(context);
        if (KustomizeFiles.kustomizationFile(directory).isEmpty()) {
            context.below(context.name(directory)).stream()
                    .filter(it ->
                            it.toString().endsWith(".yaml") || it.toString().endsWith(".yml"))
                    .forEach(files.found::add);
        }
        files.collect(directory);
        return files.found;
    }

    private void collect(Path start) throws IOException {
        Set<Path> directories = new HashSet<>();
        Deque<Path> left = new ArrayDeque<>(List.of(start));
        while (!left.isEmpty()) {
            Path directory = left.remove();
            Optional<Path> file = KustomizeFiles.kustomizationFile(directory).filter(context::isInside);
            if (file.isPresent() && directories.add(directory)) {
                found.add(file.get());
                for (Path named : named(directory, file.get())) {
                    if (Files.isDirectory(named)) {
                        left.add(named);
                    } else if (Files.isRegularFile(named)) {
                        found.add(named);
                    }
                }
            }
        }
    }

    private List<Path> named(Path directory, Path file) throws IOException {
        List<Path> named = new ArrayList<>();
        try {
            for (YamlNode root : new SourceLines().documents(file, 1)) {
                for (YamlNode name : names(root)) {
                    boolean local = name.isScalar() && !name.text().isEmpty() && !KustomizeBuild.isRemote(name.text());
                    Path path = local && name.text().indexOf('\n') < 0
                            ? KustomizeFiles.resolved(new Kustomization(directory, root), name)
                            : directory;
                    if (Files.exists(path) && context.isInside(path)) {
                        named.add(context.followed(path));
                    }
                }
            }
        } catch (KustomizeException e) {
            // The gap for the kustomization says already that its images are not all known.
            return named;
        }
        return named;
    }

    private static List<YamlNode> names(YamlNode root) {
        List<YamlNode> names = new ArrayList<>();
        for (String field : FIELDS) {
            YamlNode list = root.get(field);
            for (YamlNode item : list == null ? List.<YamlNode>of() : list.items()) {
                YamlNode path = item.get("path");
                names.add(path == null ? item : path);
            }
        }
        return names;
    }
}
