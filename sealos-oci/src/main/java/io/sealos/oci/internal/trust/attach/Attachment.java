package io.sealos.oci.internal.trust.attach;

import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.MediaTypes;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A document to attach to an image, before the image is known. Immutable. */
public final class Attachment {
    private static final byte[] EMPTY = {'{', '}'};

    private final String artifactType;
    private final String mediaType;
    private final byte[] content;
    private final SortedMap<String, String> annotations;

    /**
     * Creates an attachment.
     *
     * @param artifactType the type of the artifact, by which clients find the document
     * @param mediaType the media type of the content, often the type of the artifact
     * @param content the document
     * @param annotations the annotations of the manifest
     */
    public Attachment(String artifactType, String mediaType, byte[] content, Map<String, String> annotations) {
        this.artifactType = artifactType;
        this.mediaType = mediaType;
        this.content = content.clone();
        this.annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
    }

    public String artifactType() {
        return artifactType;
    }

    public String mediaType() {
        return mediaType;
    }

    public byte[] content() {
        return content.clone();
    }

    public SortedMap<String, String> annotations() {
        return annotations;
    }

    /** {@return the artifact that attaches this document to a manifest} */
    public Artifact attachTo(Subject subject) {
        ArtifactBlob blob = new ArtifactBlob(mediaType, content, Map.of());
        byte[] manifest = ArtifactDocuments.manifest(artifactType, empty(), List.of(blob), subject, annotations);
        return new Artifact(
                subject, artifactType, manifest, List.of(empty(), blob), annotations, Optional.<String>empty());
    }

    private static ArtifactBlob empty() {
        return new ArtifactBlob(MediaTypes.OCI_EMPTY, EMPTY, Map.of());
    }

    @Override
    public String toString() {
        return artifactType + " " + Digests.sha256(content);
    }
}
