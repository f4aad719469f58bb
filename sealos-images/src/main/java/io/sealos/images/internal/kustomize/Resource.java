package io.sealos.images.internal.kustomize;

import io.sealos.images.internal.yaml.YamlNode;
import io.sealos.images.internal.yaml.YamlNode.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An object during the evaluation of kustomizations. It can be selected by its current and its former identities. */
final class Resource {
    /** The kinds whose names do not get prefixes and suffixes. */
    private static final Set<String> KEEP_THEIR_NAMES = Set.of("CustomResourceDefinition", "APIService", "Namespace");

    private final List<Identity> earlier = new ArrayList<>();
    private YamlNode root;

    Resource(YamlNode root) {
        this.root = root;
    }

    YamlNode root() {
        return root;
    }

    /** Replaces the content of the object, which may change its identity. */
    void replace(YamlNode newRoot) {
        this.root = newRoot;
    }

    /** {@return the current identity} */
    Identity identity() {
        return Identity.of(root);
    }

    /** {@return the identity in the file of the object} */
    Identity original() {
        return earlier.isEmpty() ? identity() : earlier.get(0);
    }

    /** {@return all current and former identities} */
    List<Identity> identities() {
        List<Identity> all = new ArrayList<>(earlier);
        all.add(identity());
        return all;
    }

    /** Records the current identity before it changes. */
    void rememberIdentity() {
        earlier.add(identity());
    }

    /** Adds the identities of another object, which this one replaces. */
    void inherit(Resource other) {
        earlier.clear();
        earlier.addAll(other.earlier);
        setMetadata("name", root.withText(other.identity().name()));
        if (other.metadata("namespace") != null) {
            setMetadata("namespace", root.withText(other.identity().namespace()));
        }
    }

    String kind() {
        return root.textOf("kind");
    }

    /** {@return the value of a label or annotation, or null} */
    @Nullable
    String tag(String labelsOrAnnotations, String key) {
        YamlNode tags = metadata(labelsOrAnnotations);
        YamlNode value = tags == null ? null : tags.get(key);
        return value == null ? null : value.text();
    }

    private @Nullable YamlNode metadata(String key) {
        YamlNode metadata = root.get("metadata");
        return metadata == null ? null : metadata.get(key);
    }

    void setMetadata(String key, YamlNode value) {
        YamlNode metadata = root.get("metadata");
        YamlNode start = metadata == null ? YamlNode.mapping(new Place(value.line(), value.column())) : metadata;
        root = root.with("metadata", start.with(key, value));
    }

    void rename(String prefix, String suffix) {
        if (!KEEP_THEIR_NAMES.contains(kind())) {
            rememberIdentity();
            setMetadata("name", root.withText(prefix + identity().name() + suffix));
        }
    }

    /** Sets the namespace, which is the name of a Namespace. */
    void move(YamlNode namespace) {
        rememberIdentity();
        if (kind().equals("Namespace") && identity().isClusterWide()) {
            setMetadata("name", namespace);
        } else if (!identity().isClusterWide()) {
            setMetadata("namespace", namespace);
        }
    }
}
