package io.sealos.images.internal.scan;

import io.sealos.images.internal.values.NodeText;
import io.sealos.images.internal.values.ValuesException;
import io.sealos.images.internal.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An object of Flux or Argo CD that deploys a directory of a repository.
 *
 * @param file the file with the object, relative to the context directory
 * @param root the object, at its lines in the file
 * @param source the part of the object that names the directory: the {@code spec} for Flux, else one of the sources
 */
record Deployment(String file, YamlNode root, YamlNode source) {
    private static final String FLUX = "kustomize.toolkit.fluxcd.io/";
    private static final String ARGO = "argoproj.io/";

    /** {@return the directories that an object deploys, or the objects of a list} */
    static List<Deployment> of(YamlNode root, String file) {
        List<Deployment> all = new ArrayList<>();
        YamlNode items = root.get("items");
        if (items != null && root.textOf("kind").endsWith("List")) {
            items.items().forEach(it -> all.addAll(of(it, file)));
        }
        YamlNode spec = root.get("spec");
        String api = root.textOf("apiVersion");
        if (spec != null && api.startsWith(FLUX) && root.textOf("kind").equals("Kustomization")) {
            all.add(new Deployment(file, root, spec));
        } else if (spec != null && api.startsWith(ARGO) && root.textOf("kind").equals("Application")) {
            YamlNode several = spec.get("sources");
            List<YamlNode> sources = several == null ? List.of() : several.items();
            YamlNode one = spec.get("source");
            for (YamlNode source : sources.isEmpty() && one != null ? List.of(one) : sources) {
                if (!source.textOf("path").isEmpty()) {
                    all.add(new Deployment(file, root, source));
                }
            }
        }
        return all;
    }

    /**
     * {@return this object, where lines are greater by a number}
     *
     * @throws ValuesException if it has too many values, aliases counted
     */
    Deployment movedDown(int lines) throws ValuesException {
        NodeText.of(root);
        return new Deployment(file, root.movedDown(lines), source.movedDown(lines));
    }

    boolean isFlux() {
        return root.textOf("kind").equals("Kustomization");
    }

    /** {@return the directory relative to the root of the repository; empty for the root itself} */
    String path() {
        String path = source.textOf("path");
        String relative = path.startsWith("/") ? path.substring(1) : path;
        return relative.equals(".") || relative.equals("./") ? "" : relative;
    }

    String name() {
        @Nullable YamlNode metadata = root.get("metadata");
        return metadata == null ? "" : metadata.textOf("name");
    }

    /** {@return the repository, for messages} */
    String repository() {
        YamlNode reference = source.get("sourceRef");
        return reference == null ? source.textOf("repoURL") : reference.textOf("kind") + " " + reference.textOf("name");
    }

    int line() {
        return root.line();
    }

    /** {@return the place of the object in the format of compiler messages} */
    String place() {
        return file + ":" + line();
    }

    /** {@return the kind and name of the object, for messages} */
    String shown() {
        return root.textOf("kind") + " '" + name() + "'";
    }
}
