package io.sealos.oci.internal.save;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealos.images.Digest;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.MediaTypes;
import io.sealos.oci.internal.recipe.VirtualFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReferrersTests extends RegistryFixture {
    @Test
    void saveWhenReferrersAreAskedForTakesSignaturesAndTheirLists() throws Exception {
        TestImage image = push();
        String tag = "sha256-" + image.digest().hex();
        Digest signature = artifact("app/x", tag + ".sig", "signature");
        Digest sbom = artifact("app/x", "other", "sbom");
        byte[] list = bytes("{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_INDEX + "\",\"manifests\":["
                + TestImage.descriptor(MediaTypes.OCI_MANIFEST, manifest("sbom")) + "]}");
        registry.putManifest("app/x", tag, MediaTypes.OCI_INDEX, list);

        List<String> paths = paths(saving().withReferrers().save("app/x:1"));

        assertThat(paths)
                .anyMatch(path -> path.endsWith("app/x/_manifests/tags/" + tag + ".sig/current/link"))
                .anyMatch(path -> path.endsWith("app/x/_manifests/tags/" + tag + "/current/link"))
                .anyMatch(path -> path.endsWith("app/x/_manifests/revisions/sha256/" + signature.hex() + "/link"))
                .anyMatch(path -> path.endsWith("app/x/_manifests/revisions/sha256/" + sbom.hex() + "/link"))
                .anyMatch(path -> path.endsWith(Digests.sha256(bytes("sbom")).hex() + "/data"));
        assertThat(paths(saving().withReferrers().offline().save("app/x:1"))).isEqualTo(paths);
    }

    @Test
    void saveWhenIndexHasAnAttestationOfTheImageTakesIt() throws Exception {
        TestImage image = push();
        Digest attestation = artifact("app/x", "attestation", "attestation");
        String attached = TestImage.descriptor(MediaTypes.OCI_MANIFEST, manifest("attestation"));
        String index = new String(TestImage.index(image), StandardCharsets.UTF_8)
                .replace(
                        "], \"artifactType\"",
                        "," + attached.substring(0, attached.length() - 1)
                                + ",\"platform\":{\"os\":\"unknown\",\"architecture\":\"unknown\"},\"annotations\":"
                                + "{\"vnd.docker.reference.digest\":\"" + image.digest() + "\"}}"
                                + "], \"artifactType\"");
        registry.putManifest("app/x", "2", MediaTypes.OCI_INDEX, bytes(index));

        assertThat(paths(saving().withReferrers().save("app/x:2")))
                .anyMatch(path -> path.endsWith("revisions/sha256/" + attestation.hex() + "/link"));
        assertThat(paths(saving().save("app/x:2"))).noneMatch(path -> path.contains(attestation.hex()));
    }

    @Test
    void saveWhenNothingRefersToTheImageSavesTheImage() throws Exception {
        push();

        assertThat(paths(saving().withReferrers().save("app/x:1"))).isEqualTo(paths(saving().save("app/x:1")));
    }

    private Digest artifact(String repository, String tag, String content) {
        registry.putBlob(bytes("{}"));
        registry.putBlob(bytes(content));
        return registry.putManifest(repository, tag, MediaTypes.OCI_MANIFEST, manifest(content));
    }

    private static byte[] manifest(String content) {
        return bytes("{\"schemaVersion\":2,\"config\":" + TestImage.descriptor("application/x", bytes("{}"))
                + ",\"layers\":[" + TestImage.descriptor("application/x", bytes(content)) + "]}");
    }

    private static List<String> paths(SavedImages saved) {
        return saved.tree().files().stream().map(VirtualFile::path).toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
