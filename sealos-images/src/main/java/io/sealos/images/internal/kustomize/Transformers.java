package io.sealos.images.internal.kustomize;

import io.sealos.images.internal.yaml.YamlNode;
import io.sealos.images.internal.yaml.YamlNode.Place;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Applies the transformers of a kustomization, in the order of kustomize. */
final class Transformers {
    /** The built-in fields with images of kustomize, which it sets once more after the lists of containers. */
    private static final List<String> IMAGE_PATHS = List.of(
            "spec/containers[]/image",
            "spec/initContainers[]/image",
            "spec/template/spec/containers[]/image",
            "spec/template/spec/initContainers[]/image");

    private final Kustomization kustomization;
    private final KustomizeFiles files;
    private final Work work;

    Transformers(Kustomization kustomization, KustomizeFiles files, Work work) {
        this.kustomization = kustomization;
        this.files = files;
        this.work = work;
    }

    /**
     * Transforms the objects.
     *
     * @param imageFields the fields with images in addition to the containers
     */
    void apply(Accumulation all, List<YamlNode> imageFields) throws IOException, KustomizeException {
        Patches patches = new Patches(kustomization, files, work);
        patches.applyStrategic(all);
        patches.apply(all);
        rename(all);
        LabelTransformer labels = new LabelTransformer(kustomization);
        all.resources().forEach(labels::apply);
        patches.applyJson(all);
        checkReplicas(all);
        changeImages(all, imageFields);
        for (YamlNode replacement : kustomization.list("replacements")) {
            replace(replacement, all.resources());
        }
    }

    /** {@return the built-in fields and those of the configurations} */
    static List<YamlNode> imageFields(Accumulation all) {
        Place start = new Place(1, 1);
        return Stream.concat(
                        IMAGE_PATHS.stream().map(it -> YamlNode.mapping(start).with("path", YamlNode.text(it, start))),
                        all.imageFields().stream())
                .toList();
    }

    private void rename(Accumulation all) throws KustomizeException {
        YamlNode root = kustomization.root();
        YamlNode namespace = root.get("namespace");
        if (namespace != null && !namespace.text().isEmpty()) {
            all.resources().forEach(it -> it.move(namespace));
            all.checkNames(namespace.line());
        }
        String prefix = root.textOf("namePrefix");
        if (!prefix.isEmpty()) {
            all.resources().forEach(it -> it.rename(prefix, ""));
        }
        String suffix = root.textOf("nameSuffix");
        if (!suffix.isEmpty()) {
            all.resources().forEach(it -> it.rename("", suffix));
        }
    }

    private void checkReplicas(Accumulation all) throws KustomizeException {
        for (YamlNode entry : kustomization.list("replicas")) {
            String name = entry.textOf("name");
            boolean found = all.resources().stream()
                    .flatMap(it -> it.identities().stream())
                    .anyMatch(it -> it.name().equals(name));
            if (!found) {
                throw new KustomizeException(entry.line(), "has replicas for '" + name + "', which is not there");
            }
        }
    }

    private void changeImages(Accumulation all, List<YamlNode> imageFields) throws KustomizeException {
        List<ImageEntry> entries = new ArrayList<>();
        for (String field : List.of("images", "imageTags")) {
            for (YamlNode entry : kustomization.list(field)) {
                entries.add(ImageEntry.of(entry));
            }
        }
        if (entries.isEmpty()) {
            return;
        }
        List<FieldSpec> fields =
                imageFields.stream().map(it -> new FieldSpec(it, work)).toList();
        ImageTransformer transformer = new ImageTransformer(entries, fields, work);
        for (Resource resource : all.resources()) {
            transformer.apply(resource);
        }
    }

    private void replace(YamlNode entry, List<Resource> resources) throws IOException, KustomizeException {
        @Nullable YamlNode path = entry.get("path");
        if (path == null) {
            new Replacement(entry, work).apply(resources);
            return;
        }
        if (entry.get("source") != null || entry.get("targets") != null) {
            throw new KustomizeException(entry.line(), "has a replacement with a path and a text of its own");
        }
        for (YamlNode document : files.documents(files.file(kustomization, path), path.line())) {
            for (YamlNode rule : document.isSequence() ? document.items() : List.of(document)) {
                new Replacement(Fields.REPLACEMENT.checked(rule, path.text()), work).apply(resources);
            }
        }
    }
}
