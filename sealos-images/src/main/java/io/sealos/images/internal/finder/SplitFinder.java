package io.sealos.images.internal.finder;

import io.sealos.images.Confidence;
import io.sealos.images.ImageReference;
import io.sealos.images.internal.yaml.YamlNode;
import io.sealos.images.internal.yaml.YamlPath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds references that are split into sibling fields: registry, repository, name, and tag, version or digest. Their
 * keys may have a common prefix, such as {@code webImage} and {@code webImageTag}.
 */
final class SplitFinder implements MappingFinder {
    /** A split image, with the possible references. There are several if it is not known whether a digest is used. */
    private record Split(SplitImage parts, String name, List<String> texts) {}

    private final String defaultTag;
    private final VariableImages variables;

    /**
     * Creates a finder.
     *
     * @param defaultTag the tag of images without a tag in the values of charts; empty if there is none
     * @param variables receives images of which a part is a variable
     */
    SplitFinder(String defaultTag, VariableImages variables) {
        this.defaultTag = defaultTag;
        this.variables = variables;
    }

    @Override
    public void inspect(VisitedMapping mapping, Consumer<Sighting> found) {
        if (!mayBeSplit(mapping)) {
            return;
        }
        for (Split split : splits(mapping, defaultTag)) {
            SplitImage.Field name = split.parts().name();
            YamlNode place = name == null ? nameField(mapping) : name.node();
            YamlPath path = name == null || split.parts().stem().isEmpty()
                    ? mapping.path()
                    : mapping.path().key(name.key());
            Confidence confidence = confidence(mapping, split);
            for (String text : split.texts()) {
                variables
                        .pinned(text, mapping, place, confidence)
                        .map(it -> Sighting.at(place, path.toString(), it, confidence, FinderNames.SPLIT))
                        .ifPresent(found);
            }
            untagged(mapping, split)
                    .map(it -> Sighting.at(place, path.toString(), it, untaggedConfidence(split), FinderNames.SPLIT))
                    .ifPresent(found);
        }
    }

    /** {@return the fields that are only a part of an image, the rest of which is in other fields} */
    static Set<YamlNode> parts(VisitedMapping mapping) {
        Set<YamlNode> fields = new HashSet<>();
        for (Split split : mayBeSplit(mapping) ? splits(mapping, "") : List.<Split>of()) {
            SplitImage.Field name = split.parts().name();
            boolean joined = name != null
                    && (!split.name().equals(name.text())
                            || split.texts().stream().anyMatch(SplitFinder::isWhole));
            if (joined) {
                fields.addAll(split.parts().nodes());
            }
        }
        return fields;
    }

    private static boolean isWhole(String text) {
        return ImageText.pinned(text).isPresent() || VariableImages.isVariable(text);
    }

    /** {@return whether a mapping may have parts of an image} This is a quick check that most mappings do not pass. */
    private static boolean mayBeSplit(VisitedMapping mapping) {
        if (mapping.kind() == ObjectKind.CORE && !mapping.isAnnotations()) {
            return false;
        }
        return isImage(mapping) || mapping.node().entries().stream().anyMatch(it -> mayBePart(it.key()));
    }

    private static boolean mayBePart(String key) {
        return Words.contains(key, "imag") || Words.contains(key, "repo") || Words.endsWith(key, "registry");
    }

    private static List<Split> splits(VisitedMapping mapping, String defaultTag) {
        List<Split> splits = new ArrayList<>();
        for (SplitImage parts : SplitImage.of(mapping.node())) {
            String name = name(mapping, parts);
            List<String> texts = name.isEmpty() ? List.of() : texts(mapping, parts, name, defaultTag);
            // A complete image does not consist of parts.
            if (!texts.isEmpty() && !texts.get(0).equals(parts.text(ImagePart.IMAGE))) {
                splits.add(new Split(parts, name, texts));
            }
        }
        return splits;
    }

    private static String name(VisitedMapping mapping, SplitImage parts) {
        String repository = parts.text(ImagePart.REPOSITORY);
        String image = parts.text(ImagePart.IMAGE);
        if (repository.isEmpty() && ImageText.pinned(image).isPresent()) {
            return "";
        }
        if (image.isEmpty() && parts.stem().isEmpty()) {
            image = NameParts.of(mapping, parts.registry(), repository);
        }
        boolean whole = ImageText.pinned(image).isPresent();
        if (whole || (repository.isEmpty() && image.isEmpty())) {
            return "";
        }
        String registry = parts.registry().isEmpty() ? SharedParts.registry(mapping) : parts.registry();
        return SplitImage.joined(registry, repository, image);
    }

    private static List<String> texts(VisitedMapping mapping, SplitImage parts, String name, String defaultTag) {
        String suffix = parts.suffix();
        if (suffix.isEmpty()) {
            suffix = SplitImage.suffix(SharedParts.tag(mapping, parts));
        }
        if (suffix.isEmpty() && name.indexOf('/') > 0 && leavesTagOpen(mapping, parts)) {
            suffix = SplitImage.suffix(defaultTag);
        }
        // In values, it is not known whether the chart uses the digest. Lists of images have only the tag.
        int digest = suffix.indexOf('@');
        boolean both = mapping.kind() == ObjectKind.NONE && digest > 0;
        return both ? List.of(name + suffix, name + suffix.substring(0, digest)) : List.of(name + suffix);
    }

    private static boolean leavesTagOpen(VisitedMapping mapping, SplitImage parts) {
        return isImage(mapping)
                || Stream.of("tag", "imageTag", "image_tag", "version")
                        .anyMatch(it -> parts.stem().isEmpty() && mapping.node().get(it) != null);
    }

    /** {@return the image of a custom resource whose tag is in no field, if its name is complete} */
    private static Optional<ImageReference> untagged(VisitedMapping mapping, Split split) {
        boolean complete = SplitImage.hasHost(split.name())
                || (isImage(mapping) && split.name().indexOf('/') > 0);
        boolean untagged = split.texts().equals(List.of(split.name()));
        return mapping.kind() == ObjectKind.CUSTOM && complete && untagged && !isCode(mapping, split)
                ? ImageText.reference(split.name()).filter(it -> !ImageText.isPinned(it))
                : Optional.empty();
    }

    /**
     * {@return the confidence of an image without a tag} A field that is called an image names one completely; to a
     * repository, an operator usually adds its own tag.
     */
    private static Confidence untaggedConfidence(Split split) {
        boolean named = split.parts().has(ImagePart.IMAGE) && !split.parts().has(ImagePart.REPOSITORY);
        return named ? Confidence.LIKELY : Confidence.POSSIBLE;
    }

    private static Confidence confidence(VisitedMapping mapping, Split split) {
        boolean possible = mapping.kind() == ObjectKind.NONE
                || isCode(mapping, split)
                || isOfMachine(mapping, split)
                || isWordWithVersion(split);
        return possible ? Confidence.POSSIBLE : Confidence.LIKELY;
    }

    /** {@return whether a repository with a version may be one of source code or charts} */
    private static boolean isCode(VisitedMapping mapping, Split split) {
        boolean code = split.parts().mayBeCode(split.name())
                || SplitImage.isOfCode(mapping.path().lastKey());
        return code && !isImage(mapping) && !split.parts().isOfImage();
    }

    /**
     * {@return whether the image is a name without a path that has a version but no tag, which may be the name of
     * anything}
     */
    private static boolean isWordWithVersion(Split split) {
        SplitImage parts = split.parts();
        return parts.name() == null && parts.hasVersionOnly() && split.name().indexOf('/') < 0;
    }

    private static boolean isOfMachine(VisitedMapping mapping, Split split) {
        String key = split.parts().stem().isEmpty()
                ? mapping.path().lastKey()
                : split.parts().stem();
        return split.name().indexOf('/') < 0 && MachineImages.isOne(mapping, key);
    }

    private static boolean isImage(VisitedMapping mapping) {
        return Words.endsWith(mapping.path().lastKey(), "image");
    }

    private static YamlNode nameField(VisitedMapping mapping) {
        @Nullable YamlNode name = mapping.node().get("name");
        return name == null ? mapping.node() : name;
    }
}
