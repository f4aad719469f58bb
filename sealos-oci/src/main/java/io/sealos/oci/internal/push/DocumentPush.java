package io.sealos.oci.internal.push;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.MediaTypes;
import io.sealos.oci.internal.client.OutgoingManifest;
import io.sealos.oci.internal.client.PushClient;
import io.sealos.oci.internal.read.Documents;
import io.sealos.oci.internal.trust.attach.Artifact;
import io.sealos.oci.internal.trust.attach.ArtifactDocuments;
import io.sealos.oci.internal.trust.attach.Subject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Pushes the manifests of documents, whose blobs the registry has. If the registry has no API of referrers, their
 * descriptors are added to the list with the <a
 * href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#referrers-tag-schema">tag</a> that
 * clients read then. Lists are read and written one after the other; another client that writes the same list at the
 * same time may overwrite it, as the specification says.
 */
final class DocumentPush {
    private final PushClient client;

    DocumentPush(PushClient client) {
        this.client = client;
    }

    void push(List<Artifact> documents) throws IOException, InterruptedException {
        Map<Subject, List<Artifact>> unlisted = new LinkedHashMap<>();
        for (Artifact document : documents) {
            Optional<String> tag = document.tag();
            boolean listed = client.manifest(
                    manifest(document), tag.orElse(document.digest().toString()));
            if (tag.isEmpty() && !listed) {
                unlisted.computeIfAbsent(document.subject(), subject -> new ArrayList<>())
                        .add(document);
            }
        }
        for (Map.Entry<Subject, List<Artifact>> entry : unlisted.entrySet()) {
            list(entry.getKey(), entry.getValue());
        }
    }

    private static OutgoingManifest manifest(Artifact document) {
        return new OutgoingManifest(MediaTypes.OCI_MANIFEST, document.digest(), document.manifest());
    }

    private void list(Subject subject, List<Artifact> documents) throws IOException, InterruptedException {
        String tag = subject.referrersTag();
        Optional<byte[]> old = client.tagged(tag);
        List<JsonNode> there = new ArrayList<>();
        if (old.isPresent()) {
            Documents.object(old.get()).path("manifests").forEach(there::add);
        }
        byte[] list = ArtifactDocuments.list(there, documents);
        client.manifest(new OutgoingManifest(MediaTypes.OCI_INDEX, Digests.sha256(list), list), tag);
    }
}
