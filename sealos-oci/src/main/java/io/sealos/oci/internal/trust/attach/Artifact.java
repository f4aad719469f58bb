package io.sealos.oci.internal.trust.attach;

import io.sealos.images.Digest;
import io.sealos.oci.internal.Digests;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A manifest that is attached to an image, with its configuration and its layers. Immutable. */
public final class Artifact {
    private final Subject subject;
    private final String artifactType;
    private final byte[] manifest;
    private final List<ArtifactBlob> blobs;
    private final SortedMap<String, String> annotations;
    private final Optional<String> tag;

    /**
     * Creates an artifact.
     *
     * @param artifactType the type of the artifact
     * @param manifest the manifest
     * @param blobs the configuration and the layers
     * @param annotations the annotations of the manifest, which lists of referrers repeat
     * @param tag the tag by which clients find the artifact; empty if they find it by its subject
     */
    public Artifact(
            Subject subject,
            String artifactType,
            byte[] manifest,
            List<ArtifactBlob> blobs,
            SortedMap<String, String> annotations,
            Optional<String> tag) {
        this.subject = subject;
        this.artifactType = artifactType;
        this.manifest = manifest.clone();
        this.blobs = List.copyOf(blobs);
        this.annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
        this.tag = tag;
    }

    public Subject subject() {
        return subject;
    }

    public String artifactType() {
        return artifactType;
    }

    public byte[] manifest() {
        return manifest.clone();
    }

    public Digest digest() {
        return Digests.sha256(manifest);
    }

    public long size() {
        return manifest.length;
    }

    public List<ArtifactBlob> blobs() {
        return blobs;
    }

    public SortedMap<String, String> annotations() {
        return annotations;
    }

    public Optional<String> tag() {
        return tag;
    }
}
