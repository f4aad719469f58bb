package io.sealos.images.internal.finder;

import io.sealos.images.Confidence;
import io.sealos.images.internal.yaml.YamlNode;
import io.sealos.images.internal.yaml.YamlPath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * References that are split into sibling fields: registry, repository, name, and tag, version or digest, each perhaps
 * with the same words before it, as {@code webImage} and {@code webImageTag}.
 */
final class SplitFinder implements SiteFinder {
    /** One image that is split, with what it may be as a whole; several where nobody knows whether a digest counts. */
    private record Split(ImageParts parts, String name, List<String> texts) {}

    private final String defaultTag;
    private final VariableImages variables;

    /**
     * @param defaultTag for the values of charts: the tag of an image that has none, empty if there is no such tag
     * @param variables is told of images of which a part is a variable
     */
    SplitFinder(String defaultTag, VariableImages variables) {
        this.defaultTag = defaultTag;
        this.variables = variables;
    }

    @Override
    public void inspect(Site site, Consumer<Sighting> found) {
        if (!mayBeSplit(site)) {
            return;
        }
        for (Split split : splits(site, defaultTag)) {
            ImageParts.Field name = split.parts().name();
            YamlNode place = name == null ? nameField(site) : name.node();
            YamlPath path = name == null || split.parts().stem().isEmpty()
                    ? site.path()
                    : site.path().key(name.key());
            Confidence confidence = confidence(site, split);
            for (String text : split.texts()) {
                variables
                        .pinned(text, site, place, confidence)
                        .map(it -> Sighting.at(place, path.toString(), it, confidence, FinderNames.SPLIT))
                        .ifPresent(found);
            }
        }
    }

    /** The fields that are only a part of an image of which other fields have the rest. */
    static Set<YamlNode> parts(Site site) {
        Set<YamlNode> fields = new HashSet<>();
        for (Split split : mayBeSplit(site) ? splits(site, "") : List.<Split>of()) {
            ImageParts.Field name = split.parts().name();
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

    /** Most mappings have nothing of an image, which is soon seen. */
    private static boolean mayBeSplit(Site site) {
        if (site.kind() == ObjectKind.CORE && !site.isAnnotations()) {
            return false;
        }
        return isImage(site) || site.node().entries().stream().anyMatch(it -> mayBePart(it.key()));
    }

    private static boolean mayBePart(String key) {
        return Words.contains(key, "imag") || Words.contains(key, "repo") || Words.endsWith(key, "registry");
    }

    private static List<Split> splits(Site site, String defaultTag) {
        List<Split> splits = new ArrayList<>();
        for (ImageParts parts : ImageParts.of(site.node())) {
            String name = name(site, parts);
            List<String> texts = name.isEmpty() ? List.of() : texts(site, parts, name, defaultTag);
            // An image that stands for itself is none of several parts.
            if (!texts.isEmpty() && !texts.get(0).equals(parts.text(ImagePart.IMAGE))) {
                splits.add(new Split(parts, name, texts));
            }
        }
        return splits;
    }

    private static String name(Site site, ImageParts parts) {
        String repository = parts.text(ImagePart.REPOSITORY);
        String image = parts.text(ImagePart.IMAGE);
        if (repository.isEmpty() && ImageText.pinned(image).isPresent()) {
            return "";
        }
        if (image.isEmpty() && parts.stem().isEmpty()) {
            image = NameParts.of(site, parts.registry(), repository);
        }
        boolean whole = ImageText.pinned(image).isPresent();
        if (whole || (repository.isEmpty() && image.isEmpty())) {
            return "";
        }
        String registry = parts.registry().isEmpty() ? SharedParts.registry(site) : parts.registry();
        return ImageParts.joined(registry, repository, image);
    }

    private static List<String> texts(Site site, ImageParts parts, String name, String defaultTag) {
        String suffix = parts.suffix();
        if (suffix.isEmpty()) {
            suffix = ImageParts.suffix(SharedParts.tag(site, parts));
        }
        if (suffix.isEmpty() && name.indexOf('/') > 0 && leavesTagOpen(site, parts)) {
            suffix = ImageParts.suffix(defaultTag);
        }
        // Of values nobody knows whether the chart uses the digest; lists of images name the tag alone.
        int digest = suffix.indexOf('@');
        boolean both = site.kind() == ObjectKind.NONE && digest > 0;
        return both ? List.of(name + suffix, name + suffix.substring(0, digest)) : List.of(name + suffix);
    }

    private static boolean leavesTagOpen(Site site, ImageParts parts) {
        return isImage(site)
                || Stream.of("tag", "imageTag", "image_tag", "version")
                        .anyMatch(it -> parts.stem().isEmpty() && site.node().get(it) != null);
    }

    private static Confidence confidence(Site site, Split split) {
        boolean possible = site.kind() == ObjectKind.NONE
                || isCode(site, split)
                || isOfMachine(site, split)
                || isWordWithVersion(split);
        return possible ? Confidence.POSSIBLE : Confidence.LIKELY;
    }

    /** A repository with a version may be one of source code or charts. */
    private static boolean isCode(Site site, Split split) {
        boolean code = split.parts().mayBeCode(split.name())
                || ImageParts.isOfCode(site.path().lastKey());
        return code && !isImage(site) && !split.parts().isOfImage();
    }

    /** A name without a path that has a version, and no tag, may be that of anything. */
    private static boolean isWordWithVersion(Split split) {
        ImageParts parts = split.parts();
        return parts.name() == null && parts.hasVersionOnly() && split.name().indexOf('/') < 0;
    }

    private static boolean isOfMachine(Site site, Split split) {
        String key = split.parts().stem().isEmpty()
                ? site.path().lastKey()
                : split.parts().stem();
        return split.name().indexOf('/') < 0 && MachineImages.isOne(site, key);
    }

    private static boolean isImage(Site site) {
        return Words.endsWith(site.path().lastKey(), "image");
    }

    private static YamlNode nameField(Site site) {
        @Nullable YamlNode name = site.node().get("name");
        return name == null ? site.node() : name;
    }
}
