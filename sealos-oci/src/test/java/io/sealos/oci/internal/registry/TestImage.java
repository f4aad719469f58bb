package io.sealos.oci.internal.registry;

import io.sealos.images.Digest;
import io.sealos.oci.internal.MediaTypes;
import io.sealos.oci.internal.transport.Hashes;
import io.sealos.oci.testing.InProcessRegistry;
import java.nio.charset.StandardCharsets;

/** A small image with odd but valid formatting of its documents. */
record TestImage(String architecture, String salt) {
    byte[] layer() {
        return bytes(("layer " + architecture + salt).repeat(1000));
    }

    byte[] config() {
        return bytes("{ \"os\":\"linux\",\n \"architecture\":\"" + architecture + "\", \"rootfs\":{\"type\":\"layers\","
                + "\"diff_ids\":[\"" + Hashes.sha256(layer()) + "\"]} , \"salt\":\"" + salt + "\"}\n");
    }

    byte[] manifest() {
        return bytes(
                "{\"schemaVersion\" : 2,\t\"mediaType\":\"" + MediaTypes.OCI_MANIFEST + "\",\n \"unknown\":\"\\u003c\","
                        + "\"config\":" + descriptor(MediaTypes.OCI_CONFIG, config()) + ",\"layers\":[ "
                        + descriptor(MediaTypes.OCI_LAYER, layer()) + "]}\n\n");
    }

    Digest digest() {
        return Hashes.sha256(manifest());
    }

    TestImage pushTo(InProcessRegistry registry, String repository, String reference) {
        registry.putBlob(layer());
        registry.putBlob(config());
        registry.putManifest(repository, reference, MediaTypes.OCI_MANIFEST, manifest());
        return this;
    }

    static byte[] index(TestImage... images) {
        StringBuilder entries = new StringBuilder();
        for (TestImage image : images) {
            String descriptor = descriptor(MediaTypes.OCI_MANIFEST, image.manifest());
            entries.append(entries.length() == 0 ? "" : ",\n  ")
                    .append(descriptor, 0, descriptor.length() - 1)
                    .append(",\"platform\":{\"os\":\"linux\",\"architecture\":\"" + image.architecture() + "\"}}");
        }
        return bytes("{ \"schemaVersion\":2, \"mediaType\":\"" + MediaTypes.OCI_INDEX + "\", \"manifests\":[" + entries
                + "], \"artifactType\":\"application/x\" }");
    }

    static String descriptor(String type, byte[] content) {
        return "{\"mediaType\":\"" + type + "\",\"digest\":\"" + Hashes.sha256(content) + "\",\"size\":"
                + content.length + "}";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
