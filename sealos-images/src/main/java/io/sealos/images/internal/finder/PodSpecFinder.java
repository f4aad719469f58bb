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

/** The containers of a pod spec, in whatever kind it is nested, and its image volumes. */
final class PodSpecFinder implements SiteFinder {
    private static final List<String> CONTAINERS = List.of("initContainers", "containers", "ephemeralContainers");

    private final ManifestProblems problems;
    private final VariableImages variables;

    PodSpecFinder(ManifestProblems problems, VariableImages variables) {
        this.problems = problems;
        this.variables = variables;
    }

    @Override
    public void inspect(Site site, Consumer<Sighting> found) {
        for (String key : CONTAINERS) {
            inspectItems(site, key, "image", found);
        }
        YamlNode image = site.node().get("image");
        if (image != null && image.isMapping() && site.path().lastKey().equals("volumes")) {
            report(site, image.get("reference"), site.path().key("image").key("reference"), found);
        }
    }

    private void inspectItems(Site site, String key, String field, Consumer<Sighting> found) {
        YamlNode list = site.node().get(key);
        if (list == null || !list.isSequence()) {
            return;
        }
        for (int i = 0; i < list.items().size(); i++) {
            report(
                    site,
                    list.items().get(i).get(field),
                    site.path().key(key).index(i).key(field),
                    found);
        }
    }

    private void report(Site site, @Nullable YamlNode image, YamlPath path, Consumer<Sighting> found) {
        if (image == null || !image.isScalar()) {
            return;
        }
        boolean known = site.kind() == ObjectKind.CORE || site.kind() == ObjectKind.CUSTOM;
        Confidence confidence = site.isDoubtful() ? Confidence.LIKELY : Confidence.CERTAIN;
        Optional<ImageReference> reference = VariableImages.isVariable(image.text()) && known
                ? variables.reference(image.text(), site, image, confidence)
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
