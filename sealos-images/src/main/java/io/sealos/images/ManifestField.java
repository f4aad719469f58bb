package io.sealos.images;

import io.sealos.images.internal.finder.VisitedMapping;
import io.sealos.images.internal.yaml.YamlNode;
import io.sealos.images.internal.yaml.YamlPath;
import java.util.Optional;

/**
 * A field of a manifest that holds text or a number, to be examined by an {@link ImageFinder}. Immutable and
 * thread-safe.
 *
 * @since 0.1.0
 */
public final class ManifestField {
    private final VisitedMapping mapping;
    private final YamlPath path;
    private final YamlNode value;

    ManifestField(VisitedMapping mapping, YamlPath path, YamlNode value) {
        this.mapping = mapping;
        this.path = path;
        this.value = value;
    }

    /**
     * {@return the API group of the object, such as {@code apps}; an empty string for the core group, or if the field
     * is not in an object}
     */
    public String group() {
        return mapping.object().group();
    }

    /**
     * {@return the kind of the object, such as {@code Deployment}; an empty string if the field is not in an object}
     */
    public String kind() {
        return mapping.object().name();
    }

    /**
     * {@return whether the field is in an object of this kind}
     *
     * @param group the API group, such as {@code apps}; empty for the core group
     * @param kind the kind, such as {@code Deployment}
     */
    public boolean isIn(String group, String kind) {
        return group().equals(group) && kind().equals(kind);
    }

    /** {@return the path of the field within its object, such as {@code spec.containers[0].image}} */
    public String path() {
        return path.from(mapping.object().start());
    }

    /** {@return the text, without the quotes of YAML} */
    public String text() {
        return value.text();
    }

    /**
     * {@return the text of another field of the same mapping; empty if there is no such field}
     *
     * @param key the key of the other field
     */
    public Optional<String> sibling(String key) {
        return Optional.ofNullable(mapping.node().get(key))
                .filter(YamlNode::isScalar)
                .map(YamlNode::text);
    }
}
