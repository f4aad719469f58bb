package io.sealos.images.internal.finder;

import io.sealos.images.Confidence;
import io.sealos.images.ImageReference;
import io.sealos.images.ScanProblem.Kind;
import io.sealos.images.internal.yaml.YamlNode;
import io.sealos.images.internal.yaml.YamlPath;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds the images of the containers and image volumes of a pod spec, in any kind of object. */
final class PodSpecFinder implements MappingFinder {
    private static final List<String> CONTAINERS = List.of("initContainers", "containers", "ephemeralContainers");

    private final ManifestProblems problems;
    private final VariableImages variables;

    PodSpecFinder(ManifestProblems problems, VariableImages variables) {
        this.problems = problems;
        this.variables = variables;
    }

    @Override
    public void inspect(VisitedMapping mapping, Consumer<Sighting> found) {
        for (String key : CONTAINERS) {
            inspectItems(mapping, key, "image", found);
        }
        YamlNode image = mapping.node().get("image");
        if (image != null && image.isMapping() && mapping.path().lastKey().equals("volumes")) {
            report(mapping, image.get("reference"), mapping.path().key("image").key("reference"), found);
        }
    }

    private void inspectItems(VisitedMapping mapping, String key, String field, Consumer<Sighting> found) {
        YamlNode list = mapping.node().get(key);
        if (list == null || !list.isSequence()) {
            return;
        }
        for (int i = 0; i < list.items().size(); i++) {
            report(
                    mapping,
                    list.items().get(i).get(field),
                    mapping.path().key(key).index(i).key(field),
                    found);
        }
    }

    private void report(VisitedMapping mapping, @Nullable YamlNode image, YamlPath path, Consumer<Sighting> found) {
        if (image == null || !image.isScalar()) {
            return;
        }
        boolean known = mapping.kind() == ObjectKind.CORE || mapping.kind() == ObjectKind.CUSTOM;
        Confidence confidence = mapping.isDoubtful() ? Confidence.LIKELY : Confidence.CERTAIN;
        Optional<ImageReference> reference = VariableImages.isVariable(image.text()) && known
                ? variables.reference(image.text(), mapping, image, confidence)
                : ImageText.certain(image.text());
        reference.ifPresent(
                it -> found.accept(Sighting.at(image, path.toString(), it, confidence, FinderNames.POD_SPEC)));
        if (reference.isEmpty() && known && !VariableImages.isVariable(image.text())) {
            ImageText.mistake(image.text())
                    .ifPresent(why -> problems.report(
                            Kind.READ_IN_PART, image.line(), "names an image that cannot be saved: " + why));
        }
    }
}
