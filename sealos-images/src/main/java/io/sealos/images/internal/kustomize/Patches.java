package io.sealos.images.internal.kustomize;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sealos.images.internal.yaml.YamlNode;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Applies the patches of a kustomization: strategic merge patches and JSON patches, with a target or with the name of
 * their object.
 */
final class Patches {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Kustomization kustomization;
    private final KustomizeFiles files;
    private final Work work;

    Patches(Kustomization kustomization, KustomizeFiles files, Work work) {
        this.kustomization = kustomization;
        this.files = files;
        this.work = work;
    }

    /**
     * Applies the patches of the deprecated field for strategic merge patches, each of which is a file or the patch
     * itself.
     */
    void applyStrategic(Accumulation all) throws IOException, KustomizeException {
        for (YamlNode patch : kustomization.list("patchesStrategicMerge")) {
            boolean text = patch.text().indexOf('\n') >= 0 || patch.text().startsWith("{");
            List<YamlNode> documents = text ? inline(patch) : file(patch);
            if (documents.isEmpty()) {
                throw new KustomizeException(patch.line(), "the kustomization has an empty patch");
            }
            merge(strategic(documents, patch), patch, all);
        }
    }

    void apply(Accumulation all) throws IOException, KustomizeException {
        for (YamlNode patch : kustomization.list("patches")) {
            List<YamlNode> documents = documents(patch);
            YamlNode target = patch.get("target");
            boolean json = documents.get(0).isSequence();
            if (json) {
                change(documents.get(0), patch, target, all);
            } else if (target == null) {
                merge(strategic(documents, patch), patch, all);
            } else {
                mergeInto(strategic(documents, patch), patch, target, all);
            }
        }
    }

    /** Applies the patches of the deprecated field for JSON patches, which requires a name. */
    void applyJson(Accumulation all) throws IOException, KustomizeException {
        for (YamlNode patch : kustomization.list("patchesJson6902")) {
            YamlNode target = patch.get("target");
            if (target == null || target.textOf("name").isEmpty()) {
                throw new KustomizeException(
                        patch.line(), "the kustomization has a JSON patch whose target has no name");
            }
            change(documents(patch).get(0), patch, target, all);
        }
    }

    private List<YamlNode> documents(YamlNode patch) throws IOException, KustomizeException {
        YamlNode path = patch.get("path");
        YamlNode text = patch.get("patch");
        YamlNode usedPath = path != null && !path.text().isEmpty() ? path : null;
        YamlNode usedText = text != null && !text.text().isBlank() ? text : null;
        if (usedPath != null && usedText != null) {
            throw new KustomizeException(patch.line(), "the kustomization has a patch with both a path and a text");
        }
        if (usedPath == null && usedText == null) {
            throw new KustomizeException(patch.line(), "the kustomization has a patch without path and text");
        }
        List<YamlNode> documents = usedPath != null ? file(usedPath) : inline(usedText == null ? patch : usedText);
        if (documents.isEmpty()) {
            throw new KustomizeException(patch.line(), "the kustomization has an empty patch");
        }
        if (documents.get(0).isSequence()) {
            checkJson(usedPath != null ? text(usedPath) : patch.textOf("patch").strip(), patch);
        }
        return documents;
    }

    private List<YamlNode> file(YamlNode name) throws IOException, KustomizeException {
        return files.documents(files.file(kustomization, name), name.line());
    }

    private String text(YamlNode name) throws IOException, KustomizeException {
        return files.text(files.file(kustomization, name), name.line()).text();
    }

    /** Checks that a list in the form of JSON is JSON. Kustomize reads it as YAML only if it begins with a hyphen. */
    private static void checkJson(String text, YamlNode patch) throws KustomizeException {
        if (text.startsWith("[")) {
            try {
                JSON.readTree(text);
            } catch (JsonProcessingException e) {
                throw new KustomizeException(
                        patch.line(),
                        "the kustomization has a JSON patch that begins with '[' and is not JSON, which kustomize"
                                + " refuses; put its keys and texts in double quotes, or write a list with hyphens");
            }
        }
    }

    private static List<YamlNode> inline(YamlNode text) throws KustomizeException {
        return SourceLines.documents(text.text(), text.placeOf(0));
    }

    /** {@return the strategic merge patches in documents, which have the form of objects} */
    private static List<YamlNode> strategic(List<YamlNode> documents, YamlNode place) throws KustomizeException {
        if (documents.stream().anyMatch(YamlNode::isSequence)) {
            throw new KustomizeException(place.line(), "the kustomization has a patch that is a list");
        }
        return KustomizeBuild.objects(documents).stream().map(Resource::root).toList();
    }

    /** Applies patches that name their object. */
    private void merge(List<YamlNode> patches, YamlNode place, Accumulation all) throws KustomizeException {
        for (YamlNode patch : patches) {
            Identity identity = Identity.of(patch);
            List<Resource> meant = all.everKnownAs(identity);
            if (meant.size() != 1) {
                throw new KustomizeException(
                        place.line(),
                        "the kustomization has a patch for " + identity + ", which "
                                + (meant.isEmpty() ? "is not there" : "several objects are"));
            }
            merge(meant.get(0), patch, place, all);
        }
    }

    private void mergeInto(List<YamlNode> patches, YamlNode place, YamlNode target, Accumulation all)
            throws KustomizeException {
        if (patches.size() != 1) {
            throw new KustomizeException(place.line(), "the kustomization has several patches for one target");
        }
        for (Resource resource : selected(target, all)) {
            merge(resource, patches.get(0), place, all);
        }
    }

    private static List<Resource> selected(YamlNode target, Accumulation all) throws KustomizeException {
        Predicate<Resource> selected = Selector.ofTarget(target);
        return all.resources().stream().filter(selected).toList();
    }

    private void merge(Resource resource, YamlNode patch, YamlNode place, Accumulation all) throws KustomizeException {
        work.step(patch.line());
        checkSchema(resource, patch);
        YamlNode options = place.get("options");
        boolean newName = options != null && options.textOf("allowNameChange").equals("true");
        boolean newKind = options != null && options.textOf("allowKindChange").equals("true");
        Identity before = resource.identity();
        YamlNode root = resource.root();
        @Nullable YamlNode merged = StrategicMerge.apply(root, patch, work);
        if (merged == null) {
            all.resources().remove(resource);
            return;
        }
        if (newName || newKind) {
            resource.rememberIdentity();
        }
        resource.replace(newKind ? merged : merged.with("kind", root.get("kind")));
        if (!newName) {
            resource.setMetadata("name", root.withText(before.name()));
        }
        YamlNode metadata = root.get("metadata");
        YamlNode namespace = metadata == null ? null : metadata.get("namespace");
        YamlNode changed = resource.root().get("metadata");
        if (changed != null) {
            resource.replace(resource.root().with("metadata", changed.with("namespace", namespace)));
        }
    }

    /**
     * Checks that the patch does not depend on a custom schema, by which lists of other kinds may be merged by unknown
     * keys.
     */
    private void checkSchema(Resource resource, YamlNode patch) throws KustomizeException {
        boolean schema = kustomization
                .fields("openapi")
                .filter(it -> it.get("path") != null)
                .isPresent();
        if (schema && !StrategicMerge.isBuiltIn(resource.root())) {
            throw new KustomizeException(
                    patch.line(),
                    "has a patch for " + resource.identity()
                            + ", whose lists are merged by the schema of 'openapi', which is not evaluated here");
        }
    }

    private void change(YamlNode operations, YamlNode place, @Nullable YamlNode target, Accumulation all)
            throws KustomizeException {
        if (!operations.isSequence() || operations.items().isEmpty() || target == null) {
            throw new KustomizeException(
                    place.line(),
                    "the kustomization has a JSON patch without " + (target == null ? "a target" : "operations"));
        }
        for (Resource resource : selected(target, all)) {
            work.step(operations.line());
            resource.rememberIdentity();
            resource.replace(JsonPatch.apply(resource.root(), operations, work));
        }
    }
}
