package io.sealos.oci.internal.push;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealos.internal.files.TemporaryDirectory;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.MediaTypes;
import io.sealos.oci.internal.client.OutgoingBlob;
import io.sealos.oci.internal.client.OutgoingManifest;
import io.sealos.oci.internal.client.PushClient;
import io.sealos.oci.internal.read.Documents;
import io.sealos.oci.internal.trust.attach.Artifact;
import io.sealos.oci.internal.trust.attach.ArtifactBlob;
import io.sealos.oci.internal.trust.attach.ArtifactDocuments;
import io.sealos.oci.internal.trust.attach.Subject;
import io.sealos.oci.internal.trust.sign.SimpleSigning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Pushes the manifests of the documents of one image, whose blobs the registry has. If the registry has no API of
 * referrers, their descriptors are added to the list with the <a
 * href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#referrers-tag-schema">tag</a> that
 * clients read then. Another client that writes the same list at the same time may overwrite it, as the specification
 * says.
 */
final class DocumentPush {
    private static final PushClient.ProgressListener SILENT = new PushClient.ProgressListener() {
        @Override
        public void started(String host) {}

        @Override
        public void progressed(long sent) {}
    };

    private final PushClient client;

    DocumentPush(PushClient client) {
        this.client = client;
    }

    /** Pushes the documents of one manifest, and returns them. */
    List<Artifact> push(List<Artifact> documents) throws IOException, InterruptedException {
        List<Artifact> unlisted = new ArrayList<>();
        for (Artifact document : documents) {
            if (document.tag().isPresent()) {
                pushTagged(document, document.tag().get());
            } else if (!client.manifest(
                    manifest(document.manifest()), document.digest().toString())) {
                unlisted.add(document);
            }
        }
        if (!unlisted.isEmpty()) {
            list(unlisted.get(0).subject(), unlisted);
        }
        return documents;
    }

    /** Pushes signatures. Those that the registry has under the tag are kept, such as those of other keys. */
    private void pushTagged(Artifact document, String tag) throws IOException, InterruptedException {
        Optional<byte[]> earlier = client.tagged(tag);
        if (earlier.isEmpty()) {
            client.manifest(manifest(document.manifest()), tag);
            return;
        }
        SimpleSigning.Joined joined = SimpleSigning.join(Documents.object(earlier.get()), document.manifest());
        ArtifactBlob config = joined.config();
        try (TemporaryDirectory scratch = TemporaryDirectory.create("sealos-push-")) {
            Path file = Files.write(scratch.directory("config").resolve("config.json"), config.bytes());
            client.blob(new OutgoingBlob(config.digest(), config.size(), file), Optional.empty(), SILENT);
        }
        client.manifest(manifest(joined.manifest().bytes()), tag);
    }

    private static OutgoingManifest manifest(byte[] document) {
        return new OutgoingManifest(MediaTypes.OCI_MANIFEST, Digests.sha256(document), document);
    }

    private void list(Subject subject, List<Artifact> documents) throws IOException, InterruptedException {
        Optional<byte[]> earlier = client.tagged(subject.referrersTag());
        List<JsonNode> listed = new ArrayList<>();
        if (earlier.isPresent()) {
            Documents.object(earlier.get()).path("manifests").forEach(listed::add);
        }
        byte[] list = ArtifactDocuments.list(listed, documents);
        client.manifest(new OutgoingManifest(MediaTypes.OCI_INDEX, Digests.sha256(list), list), subject.referrersTag());
    }
}
