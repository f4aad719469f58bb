package io.sealos.oci.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sealos.images.Digest;
import io.sealos.images.ImageReference;
import io.sealos.kubefile.Platform;
import io.sealos.oci.internal.MediaTypes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Creates the documents of a sample image, and adds them and its layers to a registry. */
final class ImageDocuments {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RegistryContent content;
    private final ImageReference reference;
    private final SampleImage form;

    ImageDocuments(RegistryContent content, ImageReference reference, SampleImage form) {
        this.content = content;
        this.reference = reference;
        this.form = form;
    }

    /** Adds the manifest of one platform, or the index of several, with everything that it refers to. */
    Digest put() throws IOException {
        List<Platform> platforms = form.platforms();
        if (platforms.size() == 1) {
            return put(MediaTypes.OCI_MANIFEST, manifest(platforms.get(0)));
        }
        ObjectNode index = document(MediaTypes.OCI_INDEX);
        ArrayNode manifests = index.putArray("manifests");
        for (Platform platform : platforms) {
            byte[] manifest = manifest(platform);
            Digest digest = content.putManifest(
                    reference.repository(),
                    RegistryContent.digestOf(manifest).toString(),
                    MediaTypes.OCI_MANIFEST,
                    manifest);
            describe(manifests.addObject(), MediaTypes.OCI_MANIFEST, digest, manifest.length)
                    .set("platform", describe(JSON.createObjectNode(), platform));
        }
        return put(MediaTypes.OCI_INDEX, JSON.writeValueAsBytes(index));
    }

    private Digest put(String mediaType, byte[] document) {
        return content.putManifest(reference.repository(), reference.tag().orElse("latest"), mediaType, document);
    }

    private byte[] manifest(Platform platform) throws IOException {
        List<SampleLayer> layers = layers(platform);
        byte[] config = config(platform, layers);
        ObjectNode manifest = document(MediaTypes.OCI_MANIFEST);
        describe(manifest.putObject("config"), MediaTypes.OCI_CONFIG, content.putBlob(config), config.length);
        ArrayNode descriptors = manifest.putArray("layers");
        for (SampleLayer layer : layers) {
            content.putBlob(layer.digest(), layer.content());
            describe(
                    descriptors.addObject(),
                    MediaTypes.OCI_LAYER_GZIP,
                    layer.digest(),
                    layer.content().size());
        }
        return JSON.writeValueAsBytes(manifest);
    }

    private List<SampleLayer> layers(Platform platform) throws IOException {
        String name = reference + " for " + platform;
        if (form.layers() == 0) {
            return List.of(SampleLayer.text(name));
        }
        List<SampleLayer> layers = new ArrayList<>();
        for (int i = 1; i <= form.layers(); i++) {
            layers.add(SampleLayer.generated(name + ", layer " + i, form.bytes()));
        }
        return layers;
    }

    private byte[] config(Platform platform, List<SampleLayer> layers) throws IOException {
        ObjectNode config = describe(JSON.createObjectNode(), platform);
        if (!form.labels().isEmpty()) {
            ObjectNode labels = config.putObject("config").putObject("Labels");
            form.labels().forEach(labels::put);
        }
        ArrayNode diffIds = config.putObject("rootfs").put("type", "layers").putArray("diff_ids");
        layers.forEach(layer -> diffIds.add(layer.diffId().toString()));
        return JSON.writeValueAsBytes(config);
    }

    private static ObjectNode document(String mediaType) {
        return JSON.createObjectNode().put("schemaVersion", 2).put("mediaType", mediaType);
    }

    private static ObjectNode describe(ObjectNode descriptor, String mediaType, Digest digest, long size) {
        return descriptor
                .put("mediaType", mediaType)
                .put("digest", digest.toString())
                .put("size", size);
    }

    private static ObjectNode describe(ObjectNode node, Platform platform) {
        node.put("architecture", platform.architecture()).put("os", platform.os());
        platform.variant().ifPresent(variant -> node.put("variant", variant));
        return node;
    }
}
