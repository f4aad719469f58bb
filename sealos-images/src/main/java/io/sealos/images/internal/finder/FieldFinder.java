package io.sealos.images.internal.finder;

import io.sealos.images.Confidence;
import io.sealos.images.ImageReference;
import io.sealos.images.internal.yaml.YamlNode;
import io.sealos.images.internal.yaml.YamlPath;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Finds images in fields named {@code image}, {@code …Image} or {@code …_image}, and below {@code images}, in kinds
 * that are not built into Kubernetes, and in annotations with such names in any kind. Other fields of such kinds that
 * contain a whole reference with a registry are only shown; items of lists with other names are not examined.
 */
final class FieldFinder implements MappingFinder {
    private static final Set<String> LABELS =
            Set.of("labels", "matchLabels", "nodeSelector", "selector", "commonLabels");

    /** The keys of environments, parameters and packages. */
    private static final Set<String> OTHERS = Set.of("value", "default", "package", "bundle");

    private final VariableImages variables;

    /**
     * Creates a finder.
     *
     * @param variables receives images of which a part is a variable
     */
    FieldFinder(VariableImages variables) {
        this.variables = variables;
    }

    @Override
    public void inspect(VisitedMapping mapping, Consumer<Sighting> found) {
        String around = mapping.path().lastKey();
        if ((mapping.kind() == ObjectKind.CORE && !mapping.isAnnotations()) || LABELS.contains(around)) {
            return;
        }
        boolean belowImages = Words.endsWith(around, "images");
        Set<YamlNode> parts = mayHaveParts(mapping) ? SplitFinder.parts(mapping) : Set.of();
        for (YamlNode.Entry entry : mapping.node().entries()) {
            YamlNode value = entry.value();
            if (value.isSequence() && namesImages(entry.key())) {
                inspectList(mapping, entry, found);
            } else if (mayTell(entry.key(), belowImages) && value.isString() && !parts.contains(value)) {
                inspect(mapping, entry, belowImages, found);
            } else if (isBelowGroupOfImages(mapping, entry)) {
                inspectGrouped(mapping, entry, found);
            } else if (mayBeOther(mapping, entry)) {
                inspectOther(mapping, entry, found);
            }
        }
        if (mapping.node().textOf("kind").equals("DockerImage")) {
            inspectObjectReference(mapping, found);
        }
    }

    /** {@return whether the mapping may name an image in several parts} */
    private static boolean mayHaveParts(VisitedMapping mapping) {
        return mapping.node().entries().stream()
                .anyMatch(it -> namesImage(it.key())
                        && it.value().isString()
                        && ImageText.pinned(it.value().text()).isEmpty());
    }

    /** Inspects a reference to an object of OpenShift whose kind says that it is an image in a registry. */
    private static void inspectObjectReference(VisitedMapping mapping, Consumer<Sighting> found) {
        YamlNode name = mapping.node().get("name");
        if (name != null) {
            ImageText.reference(name.text())
                    .ifPresent(it -> report(name, mapping.path().key("name"), it, Confidence.LIKELY, found));
        }
    }

    private static void inspectList(VisitedMapping mapping, YamlNode.Entry list, Consumer<Sighting> found) {
        for (int i = 0; i < list.value().items().size(); i++) {
            YamlNode item = list.value().items().get(i);
            YamlPath path = mapping.path().key(list.key()).index(i);
            if (item.isString()) {
                // Argo CD writes the image that is replaced before the new one.
                String image = item.text().substring(item.text().indexOf('=') + 1);
                ImageText.pinned(image).ifPresent(it -> report(item, path, it, Confidence.LIKELY, found));
            }
        }
    }

    private void inspect(VisitedMapping mapping, YamlNode.Entry entry, boolean belowImages, Consumer<Sighting> found) {
        YamlNode value = entry.value();
        YamlPath path = mapping.path().key(entry.key());
        if (namesImage(entry.key())) {
            Confidence confidence = confidence(mapping, entry);
            image(mapping, value, confidence)
                    .filter(it -> mapping.kind() != ObjectKind.NONE || isMoreThanWord(value.text()))
                    .ifPresent(it -> report(value, path, it, pinnedConfidence(mapping, confidence, it), found));
        } else if (belowImages) {
            String text = SplitImage.joined(SharedParts.registryOfTexts(mapping), "", value.text());
            ImageText.pinned(text).ifPresent(it -> report(value, path, it, Confidence.LIKELY, found));
        } else if (mayNameImage(entry.key()) && value.text().indexOf('/') > 0) {
            ImageText.reference(value.text()).ifPresent(it -> report(value, path, it, Confidence.POSSIBLE, found));
        }
    }

    /** {@return whether the parent mapping is a group of images, as in {@code images: {mysqld: {v80: mysql:8.0}}}} */
    private static boolean isBelowGroupOfImages(VisitedMapping mapping, YamlNode.Entry entry) {
        return mapping.kind() == ObjectKind.CUSTOM
                && entry.value().isString()
                && ImagePart.Key.of(entry.key()) == null
                && NameParts.isInImages(mapping);
    }

    private static void inspectGrouped(VisitedMapping mapping, YamlNode.Entry entry, Consumer<Sighting> found) {
        YamlNode value = entry.value();
        ImageText.pinned(value.text())
                .filter(it -> !ImageText.isPort(value.text(), it))
                .ifPresent(it -> report(value, mapping.path().key(entry.key()), it, Confidence.LIKELY, found));
    }

    /** {@return whether a field may have an image although its key does not say so, and no other finder examines it} */
    private static boolean mayBeOther(VisitedMapping mapping, YamlNode.Entry entry) {
        return mapping.kind() == ObjectKind.CUSTOM
                && !mapping.isAnnotations()
                && entry.value().isString()
                && !OTHERS.contains(entry.key());
    }

    private static void inspectOther(VisitedMapping mapping, YamlNode.Entry entry, Consumer<Sighting> found) {
        YamlNode value = entry.value();
        Confidence confidence = isRegistryOverride(mapping) ? Confidence.LIKELY : Confidence.POSSIBLE;
        if (SplitImage.hasHost(value.text())) {
            ImageText.pinned(value.text())
                    .ifPresent(it -> report(value, mapping.path().key(entry.key()), it, confidence, found));
        }
    }

    /** {@return whether the mapping has images by the names of their containers, as in the operator of Knative} */
    private static boolean isRegistryOverride(VisitedMapping mapping) {
        return mapping.path().lastKey().equals("override")
                && mapping.parent() != null
                && mapping.parent().path().lastKey().equals("registry");
    }

    private Optional<ImageReference> image(VisitedMapping mapping, YamlNode value, Confidence confidence) {
        return mapping.kind() == ObjectKind.CUSTOM && !mapping.isAnnotations()
                ? variables.reference(value.text(), mapping, value, confidence)
                : ImageText.reference(value.text());
    }

    private static void report(
            YamlNode value, YamlPath path, ImageReference image, Confidence confidence, Consumer<Sighting> found) {
        found.accept(Sighting.at(value, path.toString(), image, confidence, FinderNames.FIELD));
    }

    /** {@return whether a key says that its value is an image} A key with spaces is a sentence. */
    static boolean namesImage(String key) {
        return key.indexOf(' ') < 0 && isImageName(key);
    }

    private static boolean isImageName(String key) {
        return Words.endsWith(key, "image") || Words.endsWith(key, "image_name") || Words.endsWith(key, "imagename");
    }

    private static boolean namesImages(String key) {
        return Words.endsWith(key, "images") || Words.endsWith(key, "imagelist") || Words.endsWith(key, "imageslist");
    }

    private static boolean mayNameImage(String key) {
        return Words.contains(key, "imag") && !Words.contains(key, "pull");
    }

    private static boolean mayTell(String key, boolean belowImages) {
        return belowImages || Words.contains(key, "imag");
    }

    private static boolean isMoreThanWord(String text) {
        return text.indexOf('/') >= 0 || text.indexOf(':') >= 0;
    }

    /**
     * {@return the confidence of an image in a field} A word without path and tag may be the name of something else,
     * unless a custom resource calls it its image and does not disable the part to which it belongs.
     */
    private static Confidence confidence(VisitedMapping mapping, YamlNode.Entry entry) {
        String text = entry.value().text();
        boolean variable = VariableImages.isVariable(text);
        boolean word = variable || (text.indexOf('.') < 0 && text.chars().anyMatch(Character::isLetter));
        boolean isImage = entry.key().equals("image") && mapping.kind().isCustom() && word && !mapping.isSwitchedOff();
        boolean machine = text.indexOf('/') < 0 && MachineImages.isOne(mapping, entry.key());
        boolean other = machine || ImageNames.isTarget(entry.key());
        return (isMoreThanWord(text) || isImage) && !other ? Confidence.LIKELY : Confidence.POSSIBLE;
    }

    /**
     * {@return the confidence of an image, depending on its tag} In a ConfigMap, a path without a tag is a name to
     * compare with, or one to which a program adds a tag.
     */
    private static Confidence pinnedConfidence(VisitedMapping mapping, Confidence confidence, ImageReference image) {
        boolean pinnedOnly = mapping.kind() == ObjectKind.MACHINE || mapping.kind() == ObjectKind.CONFIG;
        return pinnedOnly && !ImageText.isPinned(image) ? Confidence.POSSIBLE : confidence;
    }
}
