package io.sealos.images.internal.finder;

import io.sealos.images.ImageReference;
import io.sealos.images.internal.yaml.YamlNode;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The parts of an image in separate fields or variables with a common prefix. */
final class SplitImage {
    private static final String DEFAULT = "default";
    /** The prefixes of an image whose version may be in a field without a prefix. */
    private static final Set<String> MAIN = Set.of("base", "main", DEFAULT, "container", "docker", "server");

    private static final Set<String> CODE = Set.of(
            "git", "source", "src", "code", "chart", "charts", "helm", "maven", "npm", "apt", "yum", "rpm", "docs");

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    /** A field or variable, with its name, its text, and the node of the text. */
    record Field(String key, String text, YamlNode node) {}

    private final String stem;
    private final Map<ImagePart, Field> parts = new EnumMap<>(ImagePart.class);
    private final Map<ImagePart, Boolean> ofImage = new EnumMap<>(ImagePart.class);
    private Map<String, SplitImage> neighbours = Map.of();

    private SplitImage(String stem) {
        this.stem = stem;
    }

    /** {@return the images of which parts are in the fields of a mapping} */
    static List<SplitImage> of(YamlNode mapping) {
        return of(mapping.entries().stream()
                .filter(it -> it.value().isScalar() && !it.value().isNull())
                .map(it -> new Field(it.key(), it.value().text().strip(), it.value()))
                .toList());
    }

    /** {@return the images of which parts are in fields or variables, in the order of these} */
    static List<SplitImage> of(List<Field> fields) {
        Map<String, SplitImage> images = new LinkedHashMap<>();
        for (Field field : fields) {
            ImagePart.Key key = field.text().isEmpty() ? null : ImagePart.Key.of(field.key());
            if (key != null && mayBe(key, field)) {
                images.computeIfAbsent(key.stem(), SplitImage::new).add(key, field);
            }
        }
        images.values().forEach(it -> it.neighbours = images);
        return List.copyOf(images.values());
    }

    /** {@return whether a field may be a part of an image, and not of the repository of source code or a chart} */
    private static boolean mayBe(ImagePart.Key key, Field field) {
        boolean code = key.part() == ImagePart.REPOSITORY && !key.ofImage() && isOfCode(key.stem());
        boolean open = Words.endsWith(field.key(), "repo") && !hasHost(field.text());
        return !code && !open;
    }

    /** {@return whether a key is about source code, charts or packages of a programming language} */
    static boolean isOfCode(String name) {
        return KeyWords.of(name).stream().anyMatch(CODE::contains);
    }

    private void add(ImagePart.Key key, Field field) {
        boolean better = key.ofImage() && !ofImage.getOrDefault(key.part(), true);
        if (better || !parts.containsKey(key.part())) {
            parts.put(key.part(), field);
            ofImage.put(key.part(), key.ofImage());
        }
    }

    /** {@return the prefix of the keys; an empty string if there is none} */
    String stem() {
        return stem;
    }

    boolean has(ImagePart part) {
        return parts.containsKey(part);
    }

    String text(ImagePart part) {
        Field field = parts.get(part);
        return field == null ? "" : field.text();
    }

    /** {@return the field with the image or its repository; null if there is neither} */
    @Nullable
    Field name() {
        Field repository = parts.get(ImagePart.REPOSITORY);
        return repository == null ? parts.get(ImagePart.IMAGE) : repository;
    }

    List<YamlNode> nodes() {
        return parts.values().stream().map(Field::node).toList();
    }

    /** {@return the reference that consists of the parts; empty if one of them has the whole reference} */
    Optional<ImageReference> whole() {
        String repository = text(ImagePart.REPOSITORY);
        String image = text(ImagePart.IMAGE);
        String suffix = suffix();
        boolean parted = !suffix.isEmpty() && !(repository + image).isEmpty();
        return parted && ImageText.pinned(image).isEmpty()
                ? ImageText.pinned(joined(registry(), repository, image) + suffix)
                : Optional.empty();
    }

    /** {@return whether the parts may be those of source code or a chart} */
    boolean mayBeCode(String name) {
        return !isOfImage() && (name.contains("chart") || (hasVersionOnly() && !hasHost(name)));
    }

    /** {@return whether a key mentions an image, and not only a repository} */
    boolean isOfImage() {
        return has(ImagePart.IMAGE) || ofImage.getOrDefault(ImagePart.REPOSITORY, false);
    }

    /** {@return the registry of this image, or the one for all images without a registry} */
    String registry() {
        String own = text(ImagePart.REGISTRY);
        SplitImage main = neighbours.get("");
        String common = main == null ? "" : main.text(ImagePart.REGISTRY);
        return own.isEmpty() && isHost(common) ? common : own;
    }

    /** {@return whether the image has a version, but neither a tag nor a digest} */
    boolean hasVersionOnly() {
        SplitImage source = tagSource();
        return !source.has(ImagePart.TAG) && !source.has(ImagePart.DIGEST);
    }

    /** {@return the end of the reference with the tag, the digest, or both; an empty string if there is neither} */
    String suffix() {
        SplitImage source = tagSource();
        String tag = source.text(ImagePart.TAG);
        String digest = source.text(ImagePart.DIGEST);
        if (digest.isEmpty()) {
            return suffix(tag.isEmpty() ? source.text(ImagePart.VERSION) : tag);
        }
        return (stem.equals("base") ? "" : suffix(tag)) + suffix(digest);
    }

    /**
     * {@return the parts with the tag, which may have a shorter prefix, such as {@code DB_VERSION} for
     * {@code TEAM_DB_IMAGE}}
     */
    private SplitImage tagSource() {
        if (isTagged()) {
            return this;
        }
        for (int dot = stem.indexOf('.'); dot >= 0; dot = stem.indexOf('.', dot + 1)) {
            SplitImage shorter = neighbours.get(stem.substring(dot + 1));
            if (shorter != null && shorter.isTagged() && shorter.name() == null) {
                return shorter;
            }
        }
        if (stem.isEmpty()) {
            SplitImage defaults = neighbours.get(DEFAULT);
            return defaults != null && defaults.name() == null && defaults.ofImage.containsValue(true)
                    ? defaults
                    : this;
        }
        return MAIN.contains(stem) ? neighbours.getOrDefault("", this) : this;
    }

    private boolean isTagged() {
        return has(ImagePart.TAG) || has(ImagePart.DIGEST) || has(ImagePart.VERSION);
    }

    static String suffix(String text) {
        if (HEX.matcher(text).matches()) {
            return "@sha256:" + text;
        }
        if (text.isEmpty() || text.startsWith("@")) {
            return text;
        }
        return (text.startsWith("sha256:") ? "@" : ":") + text;
    }

    /** {@return the name joined from parts, which may be empty; the registry is not added to a name that has one} */
    static String joined(String registry, String repository, String image) {
        String before = withoutSlash(repository);
        String path = before.isEmpty() || image.isEmpty() ? before + image : before + "/" + image;
        if (hasHost(image)) {
            return image;
        }
        return registry.isEmpty() || hasHost(path) ? path : withoutSlash(registry) + "/" + path;
    }

    private static String withoutSlash(String text) {
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    /** {@return whether a name begins with a registry} */
    static boolean hasHost(String name) {
        int slash = name.indexOf('/');
        return slash > 0 && isHost(name.substring(0, slash));
    }

    /** {@return whether the text before a first slash can be a registry} */
    static boolean isHost(String text) {
        int slash = text.indexOf('/');
        String host = slash < 0 ? text : text.substring(0, slash);
        return host.indexOf('.') > 0 || host.indexOf(':') > 0 || host.equals("localhost");
    }
}
