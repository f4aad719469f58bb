package io.sealos.images.internal.scan;

import io.sealos.images.internal.values.NodeText;
import io.sealos.images.internal.values.ValuesException;
import io.sealos.images.internal.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An object of Flux or Argo CD that deploys a directory of a repository.
 *
 * @param file the file with the object, relative to the context directory
 * @param line the line of the object in the file, or 0 if it is not known
 * @param root the object
 * @param source the part of the object that names the directory: the {@code spec} for Flux, else one of the sources
 */
record Deployment(String file, int line, YamlNode root, YamlNode source) {
    private static final String FLUX = "kustomize.toolkit.fluxcd.io/";
    private static final String ARGO = "argoproj.io/";

    /** {@return the directories that an object deploys, or the objects of a list} */
    static List<Deployment> of(YamlNode root, String file, IntUnaryOperator lines) {
        List<Deployment> all = new ArrayList<>();
        int line = lines.applyAsInt(root.line());
        YamlNode items = root.get("items");
        if (items != null && root.textOf("kind").endsWith("List")) {
            items.items().forEach(it -> all.addAll(of(it, file, lines)));
        }
        YamlNode spec = root.get("spec");
        String api = root.textOf("apiVersion");
        if (spec != null && api.startsWith(FLUX) && root.textOf("kind").equals("Kustomization")) {
            all.add(new Deployment(file, line, root, spec));
        } else if (spec != null && api.startsWith(ARGO) && root.textOf("kind").equals("Application")) {
            YamlNode several = spec.get("sources");
            List<YamlNode> sources = several == null ? List.of() : several.items();
            YamlNode one = spec.get("source");
            for (YamlNode source : sources.isEmpty() && one != null ? List.of(one) : sources) {
                if (isDirectory(source)) {
                    all.add(new Deployment(file, line, root, source));
                }
            }
        }
        return all;
    }

    /** {@return whether a source is a directory, not a chart or only a name for the files of values} */
    private static boolean isDirectory(YamlNode source) {
        boolean whole = source.textOf("path").isEmpty();
        return source.isMapping()
                && source.textOf("chart").isEmpty()
                && !(whole && !source.textOf("ref").isEmpty());
    }

    /**
     * {@return this object, at its line in the file}
     *
     * @throws ValuesException if it has too many values, aliases counted
     */
    Deployment moved() throws ValuesException {
        NodeText.of(root);
        int lines = line == 0 ? 0 : line - root.line();
        return new Deployment(file, line, root.movedDown(lines), source.movedDown(lines));
    }

    boolean isFlux() {
        return kind().equals("Kustomization");
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

    String kind() {
        return root.textOf("kind");
    }

    /** {@return the place of the object in the format of compiler messages} */
    String place() {
        return line == 0 ? file : file + ":" + line;
    }

    /** {@return the kind and name of the object, for messages} */
    String shown() {
        return kind() + " '" + name() + "'";
    }
}
