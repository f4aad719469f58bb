package io.sealos.images.internal.kustomize;

import io.sealos.images.internal.yaml.YamlNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A kustomization file whose fields have the form that kustomize accepts.
 *
 * @param directory the directory of the file, to which names in it are relative
 * @param root the only document of the file
 */
record Kustomization(Path directory, YamlNode root) {
    /** The possible names of the file. */
    static final List<String> NAMES = List.of("kustomization.yaml", "kustomization.yml", "Kustomization");

    private static final String COMPONENT = "Component";

    /**
     * {@return the kustomization in a document}
     *
     * @throws KustomizeException if kustomize would refuse the document, or if it generates objects in a way that is
     *     not evaluated
     */
    static Kustomization of(Path directory, YamlNode document) throws KustomizeException {
        YamlNode root = Fields.KUSTOMIZATION.checked(document, "kustomization");
        Kustomization kustomization = new Kustomization(directory, root);
        boolean component = kustomization.isComponent();
        String version = "kustomize.config.k8s.io/v1" + (component ? "alpha1" : "beta1");
        String kind = root.textOf("kind");
        if (!kind.isEmpty() && !component && !kind.equals("Kustomization")) {
            throw new KustomizeException(root.line(), "the kustomization has the kind '" + kind + "'");
        }
        if (!List.of("", version).contains(root.textOf("apiVersion"))) {
            throw new KustomizeException(
                    root.line(),
                    "the kustomization has the apiVersion '" + root.textOf("apiVersion") + "' in place of " + version);
        }
        if (root.entries().stream()
                .allMatch(it -> it.key().equals("kind") || it.key().equals("apiVersion"))) {
            throw new KustomizeException(root.line(), "the kustomization is empty");
        }
        for (String field : Fields.NOT_EVALUATED) {
            YamlNode value = root.get(field);
            if (value != null) {
                throw new KustomizeException(
                        value.line(),
                        "the kustomization has the field '" + field + "'" + detail(value)
                                + ", which is not evaluated here");
            }
        }
        return kustomization;
    }

    boolean isComponent() {
        return root.textOf("kind").equals(COMPONENT);
    }

    List<YamlNode> list(String field) {
        @Nullable YamlNode list = root.get(field);
        return list == null ? List.of() : list.items();
    }

    Optional<YamlNode> fields(String field) {
        return Optional.ofNullable(root.get(field));
    }

    /** {@return the first name in a value, for messages} */
    static String detail(YamlNode value) {
        for (YamlNode item : value.items()) {
            String repository = item.textOf("repo");
            String text = item.isScalar() ? item.text() : repository.isEmpty() ? item.textOf("name") : repository;
            if (!text.isEmpty()) {
                return " (" + text.lines().findFirst().orElse("") + ")";
            }
        }
        return "";
    }
}
