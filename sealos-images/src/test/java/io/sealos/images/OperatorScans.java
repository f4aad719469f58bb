package io.sealos.images;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Scans manifests with operators. */
final class OperatorScans {
    private OperatorScans() {}

    /** {@return a Deployment of an operator with arguments, and the separator after it} */
    static String deployment(String image, String... arguments) {
        StringBuilder text = new StringBuilder("""
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: operator
                spec:
                  template:
                    spec:
                      containers:
                      - name: operator
                        image: %s
                        args:
                        - --leader-elect
                """.formatted(image));
        for (String argument : arguments) {
            text.append("        - ").append(argument).append('\n');
        }
        return text.append("---\n").toString();
    }

    /** {@return the inventory of a manifest} */
    static ImageInventory scan(String manifest) throws IOException {
        return scan(ImageScanner.builder(), manifest);
    }

    /** {@return the inventory of a manifest without what the library knows about operators} */
    static ImageInventory scanWithoutFacts(String manifest) throws IOException {
        return scan(ImageScanner.builder().withoutOperators(), manifest);
    }

    static ImageInventory scan(ImageScanner.Builder builder, String manifest) throws IOException {
        return builder.build()
                .scanManifest(
                        "manifests/app.yaml", new ByteArrayInputStream(manifest.getBytes(StandardCharsets.UTF_8)));
    }

    /** {@return the images that are saved} */
    static List<String> names(ImageInventory inventory) {
        return inventory.references().stream().map(ImageReference::toString).toList();
    }
}
