package io.sealos.oci;

import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.MediaTypes;
import io.sealos.oci.internal.save.TestImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** An image for linux/amd64 with layers of given content. */
record LayeredImage(List<byte[]> layers) {
    /** {@return bytes that look like no others} */
    static byte[] noise(long seed, int size) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** Writes an image layout. */
    void writeTo(Path directory) throws IOException {
        List<String> diffIds = new ArrayList<>();
        List<String> descriptors = new ArrayList<>();
        for (byte[] layer : layers) {
            diffIds.add('"' + Digests.sha256(layer).toString() + '"');
            descriptors.add(TestImage.descriptor(MediaTypes.OCI_LAYER, layer));
        }
        byte[] config =
                bytes("{\"os\":\"linux\",\"architecture\":\"amd64\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":"
                        + diffIds + "}}");
        byte[] manifest = bytes("{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_MANIFEST + "\",\"config\":"
                + TestImage.descriptor(MediaTypes.OCI_CONFIG, config) + ",\"layers\":" + descriptors + "}");
        List<byte[]> contents = new ArrayList<>(layers);
        contents.addAll(List.of(config, manifest));
        TestImage.writeLayout(
                directory, TestImage.descriptor(MediaTypes.OCI_MANIFEST, manifest), contents.toArray(byte[][]::new));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
