package io.sealos.images.internal.finder;

import io.sealos.images.Confidence;
import io.sealos.images.internal.yaml.YamlNode;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** References that are split into sibling fields: registry, repository, name, and tag, version or digest. */
final class SplitFinder implements SiteFinder {
    private static final String FINDER = "split-fields";
    private static final List<String> TAGS = List.of("tag", "imageTag", "image_tag", "version");
    private static final List<String> DIGESTS = List.of("digest", "sha", "sha256");
    private static final List<String> REGISTRIES = List.of("registry", "imageRegistry", "hub");
    private static final List<String> REPOSITORIES = List.of("repository", "imageRepository", "image_repository");
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    private final String defaultTag;

    SplitFinder() {
        this("");
    }

    /** For the values of charts: the tag of an image that has none, empty if there is no such tag. */
    SplitFinder(String defaultTag) {
        this.defaultTag = defaultTag;
    }

    @Override
    public void inspect(Site site, Consumer<Sighting> found) {
        if (site.kind() == ObjectKind.CORE || !mayBeSplit(site)) {
            return;
        }
        if (isBelowHub(site)) {
            inspectBelowHub(site, found);
            return;
        }
        String name = name(site);
        if (!name.isEmpty()) {
            YamlNode place = place(site.node());
            suffixes(site, name)
                    .flatMap(it -> ImageText.pinned(name + it).stream())
                    .map(it -> Sighting.at(place, site.path().toString(), it, confidence(site), FINDER))
                    .forEach(found);
        }
    }

    private static void inspectBelowHub(Site site, Consumer<Sighting> found) {
        YamlNode image = site.node().get("image");
        String text = site.inherited("hub") + "/" + site.node().textOf("image") + ":" + site.inherited("tag");
        if (image != null && ImageText.reference(image.text()).isPresent()) {
            ImageText.pinned(text)
                    .ifPresent(it ->
                            found.accept(Sighting.at(image, site.path().toString(), it, Confidence.LIKELY, FINDER)));
        }
    }

    /** Whether what the mapping calls its image is a part of the name only. */
    static boolean isSplit(Site site) {
        if (!mayBeSplit(site)) {
            return false;
        }
        boolean parted = first(site.node(), TAGS, DIGESTS, REPOSITORIES) != null;
        return (parted && !name(site).isEmpty()) || isBelowHub(site);
    }

    /** Most mappings have nothing of an image, which is soon seen. */
    private static boolean mayBeSplit(Site site) {
        return isImage(site)
                || site.node().get("image") != null
                || REPOSITORIES.stream().anyMatch(it -> site.node().get(it) != null);
    }

    /** As in Istio: {@code hub} and {@code tag} once, and below them images by their last word. */
    private static boolean isBelowHub(Site site) {
        String image = site.node().textOf("image");
        return !image.isEmpty()
                && image.indexOf('/') < 0
                && image.indexOf(':') < 0
                && !site.inherited("hub").isEmpty()
                && !site.inherited("tag").isEmpty();
    }

    private static String name(Site site) {
        String repository = text(first(site.node(), REPOSITORIES));
        String image = text(first(site.node(), List.of("image")));
        if (image.isEmpty() && isImage(site) && repository.indexOf('/') < 0) {
            image = text(first(site.node(), List.of("name")));
        }
        boolean whole = ImageText.pinned(image).isPresent();
        if (whole || (repository.isEmpty() && image.isEmpty())) {
            return "";
        }
        return Stream.of(text(first(site.node(), REGISTRIES)), repository, image)
                .filter(it -> !it.isEmpty())
                .reduce("", (before, part) -> before.isEmpty() ? part : before + "/" + part);
    }

    private Stream<String> suffixes(Site site, String name) {
        String tag = text(first(site.node(), TAGS));
        String digest = text(first(site.node(), DIGESTS));
        if (tag.isEmpty() && digest.isEmpty() && name.indexOf('/') > 0 && leavesTagOpen(site)) {
            tag = defaultTag;
        }
        String whole = suffix(tag) + suffix(digest);
        // Of values nobody knows whether the chart uses the digest; lists of images name the tag alone.
        String tagOnly = suffix(tag.substring(0, tag.indexOf('@') < 0 ? tag.length() : tag.indexOf('@')));
        return site.kind() == ObjectKind.NONE ? Stream.of(whole, tagOnly).distinct() : Stream.of(whole);
    }

    private static boolean leavesTagOpen(Site site) {
        return isImage(site) || TAGS.stream().anyMatch(it -> site.node().get(it) != null);
    }

    private static String suffix(String text) {
        if (HEX.matcher(text).matches()) {
            return "@sha256:" + text;
        }
        return text.isEmpty() ? "" : (text.startsWith("sha256:") ? "@" : ":") + text;
    }

    /** A repository with a version may be one of source code or charts. */
    private static Confidence confidence(Site site) {
        YamlNode node = site.node();
        boolean versionOnly = first(node, List.of("tag", "imageTag", "image_tag"), DIGESTS) == null;
        boolean code = versionOnly && node.get("image") == null && !isImage(site);
        return site.kind() == ObjectKind.NONE || code ? Confidence.POSSIBLE : Confidence.LIKELY;
    }

    private static boolean isImage(Site site) {
        return Words.endsWith(site.path().lastKey(), "image");
    }

    private static YamlNode place(YamlNode node) {
        YamlNode place = first(node, REPOSITORIES, List.of("image", "name"));
        return place == null ? node : place;
    }

    @SafeVarargs
    private static @Nullable YamlNode first(YamlNode node, List<String>... keys) {
        for (List<String> alternatives : keys) {
            for (String key : alternatives) {
                YamlNode value = node.get(key);
                if (value != null && value.isScalar() && !value.isNull()) {
                    return value;
                }
            }
        }
        return null;
    }

    private static String text(@Nullable YamlNode node) {
        return node == null ? "" : node.text();
    }
}
