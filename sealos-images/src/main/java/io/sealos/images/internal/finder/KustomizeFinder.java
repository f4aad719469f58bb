package io.sealos.images.internal.finder;

import io.sealos.images.Confidence;
import io.sealos.images.internal.yaml.YamlNode;
import java.util.function.Consumer;

/** Finds the images with which a kustomization replaces others: {@code name}, {@code newName}, {@code newTag}. */
final class KustomizeFinder implements MappingFinder {
    @Override
    public void inspect(VisitedMapping mapping, Consumer<Sighting> found) {
        if (!mapping.path().lastKey().equals("images")) {
            return;
        }
        YamlNode node = mapping.node();
        String tag = node.textOf("newTag");
        String newName = node.textOf("newName");
        String digest = node.textOf("digest");
        if (tag.isEmpty() && newName.isEmpty() && !digest.startsWith("sha256:")) {
            return;
        }
        String name = newName.isEmpty() ? node.textOf("name") : newName;
        String text = name + (tag.isEmpty() ? "" : ":" + tag) + (digest.isEmpty() ? "" : "@" + digest);
        // A new name alone keeps the tag of the manifest, which is not known here.
        Confidence confidence = text.equals(newName) ? Confidence.POSSIBLE : Confidence.LIKELY;
        ImageText.reference(text)
                .ifPresent(it -> found.accept(
                        Sighting.at(node, mapping.path().toString(), it, confidence, FinderNames.KUSTOMIZATION)));
    }
}
