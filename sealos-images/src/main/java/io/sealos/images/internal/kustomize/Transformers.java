package io.sealos.images.internal.kustomize;

import io.sealos.images.internal.yaml.YamlNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The transformers of one kustomization, in kustomize's order. */
final class Transformers {
    private final Kustomization kustomization;
    private final KustomizeFiles files;
    private final Work work;

    Transformers(Kustomization kustomization, KustomizeFiles files, Work work) {
        this.kustomization = kustomization;
        this.files = files;
        this.work = work;
    }

    void apply(List<Resource> resources) throws IOException, KustomizeException {
        for (YamlNode patch : kustomization.list("patchesStrategicMerge")) {
            merge(patchText(patch), patch, resources);
        }
        for (YamlNode patch : kustomization.list("patches")) {
            patch(patch, resources);
        }
        rename(resources);
        LabelTransformer labels = new LabelTransformer(kustomization);
        resources.forEach(labels::apply);
        for (YamlNode patch : kustomization.list("patchesJson6902")) {
            patch(patch, resources);
        }
        changeImages(resources);
        for (YamlNode replacement : kustomization.list("replacements")) {
            replace(replacement, resources);
        }
    }

    /** A file, or the patch itself. */
    private List<YamlNode> patchText(YamlNode patch) throws IOException, KustomizeException {
        return patch.text().indexOf('\n') >= 0 || patch.text().startsWith("{") ? inline(patch) : file(patch);
    }

    private List<YamlNode> file(YamlNode name) throws IOException, KustomizeException {
        return files.documents(files.file(kustomization, name), name.line());
    }

    private static List<YamlNode> inline(YamlNode text) throws KustomizeException {
        return SourceLines.documents(text.text(), text.placeOf(0));
    }

    private void patch(YamlNode patch, List<Resource> resources) throws IOException, KustomizeException {
        YamlNode path = patch.get("path");
        YamlNode text = patch.get("patch");
        if (path == null && text == null) {
            throw new KustomizeException(patch.line(), "the kustomization has a patch without path and text");
        }
        List<YamlNode> documents = path != null ? file(path) : inline(text == null ? patch : text);
        @Nullable YamlNode target = patch.get("target");
        if (target == null) {
            merge(documents, patch, resources);
            return;
        }
        Predicate<Resource> selected = Selector.ofTarget(target);
        for (YamlNode document : documents) {
            for (Resource resource : resources.stream().filter(selected).toList()) {
                change(resource, document, resources);
            }
        }
    }

    /** Patches that name their object. */
    private void merge(List<YamlNode> patches, YamlNode place, List<Resource> resources) throws KustomizeException {
        for (YamlNode document : patches) {
            Resource patch = new Resource(document);
            List<Resource> meant =
                    resources.stream().filter(it -> it.isMeantBy(patch)).toList();
            if (meant.isEmpty() || document.isSequence()) {
                throw new KustomizeException(
                        place.line(),
                        "the kustomization has a patch for " + patch.kind() + " " + String.join("", patch.names())
                                + ", which is not there");
            }
            for (Resource resource : meant) {
                change(resource, document, resources);
            }
        }
    }

    private void change(Resource resource, YamlNode patch, List<Resource> resources) throws KustomizeException {
        work.step(patch.line());
        YamlNode patched =
                patch.isSequence() ? JsonPatch.apply(resource.root(), patch) : StrategicMerge.apply(resource, patch);
        if (patched == null) {
            resources.remove(resource);
        } else {
            resource.replace(patched);
        }
    }

    private void rename(List<Resource> resources) {
        String namespace = kustomization.root().textOf("namespace");
        String prefix = kustomization.root().textOf("namePrefix");
        String suffix = kustomization.root().textOf("nameSuffix");
        for (Resource resource : resources) {
            if (!namespace.isEmpty()) {
                resource.namespaces().add(namespace);
            }
            if (!prefix.isEmpty() || !suffix.isEmpty()) {
                resource.rename(prefix, suffix);
            }
        }
    }

    private void changeImages(List<Resource> resources) throws IOException, KustomizeException {
        List<ImageEntry> entries = new ArrayList<>();
        for (YamlNode entry : kustomization.list("images")) {
            entries.add(ImageEntry.of(entry));
        }
        for (YamlNode entry : kustomization.list("imageTags")) {
            entries.add(ImageEntry.of(entry));
        }
        if (entries.isEmpty()) {
            return;
        }
        List<YamlNode> fields = new ArrayList<>();
        for (YamlNode name : kustomization.list("configurations")) {
            for (YamlNode configuration : file(name)) {
                fields.addAll(new Kustomization(kustomization.directory(), configuration).list("images"));
            }
        }
        ImageTransformer transformer = new ImageTransformer(entries, fields, work);
        for (Resource resource : resources) {
            transformer.apply(resource);
        }
    }

    private void replace(YamlNode entry, List<Resource> resources) throws IOException, KustomizeException {
        YamlNode path = entry.get("path");
        if (path == null) {
            new Replacement(entry).apply(resources);
            return;
        }
        for (YamlNode document : file(path)) {
            for (YamlNode rule : document.isSequence() ? document.items() : List.of(document)) {
                new Replacement(rule).apply(resources);
            }
        }
    }
}
