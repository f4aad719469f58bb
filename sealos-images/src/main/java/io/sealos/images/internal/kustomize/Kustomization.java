package io.sealos.images.internal.kustomize;

import io.sealos.images.internal.yaml.YamlNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A kustomization file.
 *
 * @param directory where it lies; names in it are relative to that
 * @param root its only document
 */
record Kustomization(Path directory, YamlNode root) {
    /** The names that the file may have. */
    static final List<String> NAMES = List.of("kustomization.yaml", "kustomization.yml", "Kustomization");

    List<YamlNode> list(String field) {
        @Nullable YamlNode list = root.get(field);
        return list == null || list.isNull() ? List.of() : list.isSequence() ? list.items() : List.of(list);
    }

    /** Refuses what makes objects or changes images in a way that is not evaluated. */
    void check(KustomizeFiles files) throws IOException, KustomizeException {
        for (YamlNode.Entry entry : root.entries()) {
            String field = entry.key();
            if (field.equals("transformers")) {
                checkTransformers(files);
            } else if (!Fields.EVALUATED.contains(field) && !Fields.WITHOUT_IMAGES.contains(field)) {
                throw new KustomizeException(
                        entry.value().line(),
                        "the kustomization has the field '" + field + "'" + detail(entry.value())
                                + ", which is not evaluated here");
            }
        }
    }

    private static String detail(YamlNode value) {
        for (YamlNode item : value.items()) {
            String repository = item.textOf("repo");
            String text = item.isScalar() ? item.text() : repository.isEmpty() ? item.textOf("name") : repository;
            if (!text.isEmpty()) {
                return " (" + text + ")";
            }
        }
        return "";
    }

    private void checkTransformers(KustomizeFiles files) throws IOException, KustomizeException {
        for (YamlNode name : list("transformers")) {
            Path path = name.text().indexOf('\n') >= 0 ? null : files.existing(this, name);
            if (path == null || java.nio.file.Files.isDirectory(path)) {
                throw new KustomizeException(name.line(), "the kustomization has transformers that are not evaluated");
            }
            for (YamlNode transformer : files.documents(path, name.line())) {
                String kind = transformer.textOf("kind");
                if (!Fields.HARMLESS_TRANSFORMERS.contains(kind)) {
                    throw new KustomizeException(
                            transformer.line(),
                            "the kustomization has a transformer '" + kind + "', which is not evaluated here");
                }
            }
        }
    }
}
