package io.sealos.images.internal.kustomize;

import io.sealos.images.internal.yaml.YamlNode;
import io.sealos.images.internal.yaml.YamlNode.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An object on its way through the layers of a kustomization; it answers to the identities that it had before, too. */
final class Resource {
    /** The kinds whose names prefixes leave alone. */
    private static final Set<String> KEEP_THEIR_NAMES = Set.of("CustomResourceDefinition", "APIService", "Namespace");

    private final List<Identity> earlier = new ArrayList<>();
    private YamlNode root;

    Resource(YamlNode root) {
        this.root = root;
    }

    YamlNode root() {
        return root;
    }

    /** Takes the place of the object, whose identity it may change. */
    void replace(YamlNode newRoot) {
        this.root = newRoot;
    }

    /** The present name. */
    Identity identity() {
        return Identity.of(root);
    }

    /** The name in its file. */
    Identity original() {
        return earlier.isEmpty() ? identity() : earlier.get(0);
    }

    /** All that it was ever called. */
    List<Identity> identities() {
        List<Identity> all = new ArrayList<>(earlier);
        all.add(identity());
        return all;
    }

    /** Keeps what it is called now, because that is about to change. */
    void rememberIdentity() {
        earlier.add(identity());
    }

    /** Takes over what another object was called, in whose place it comes. */
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

    /** A value of its labels or annotations, or null. */
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

    void move(YamlNode namespace) {
        rememberIdentity();
        setMetadata("namespace", namespace);
    }
}
