package io.sealos.images;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The result of scanning one manifest, for tests. */
record ManifestImages(ImageInventory inventory) {
    static ManifestImages of(String manifest) throws IOException {
        return new ManifestImages(ImageScanner.builder()
                .build()
                .scanManifest("m.yaml", new ByteArrayInputStream(manifest.getBytes(StandardCharsets.UTF_8))));
    }

    /** A custom resource with such a spec, in one line. */
    static ManifestImages ofCustom(String spec) throws IOException {
        return of("apiVersion: a.example.org/v1\nkind: Foo\nmetadata: {name: x}\nspec: " + spec + "\n");
    }

    /** A pod with one container that has such fields. */
    static ManifestImages ofContainer(String fields) throws IOException {
        return of("apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: x\n" + fields.indent(6));
    }

    /** A ConfigMap with such data. */
    static ManifestImages ofConfig(String data) throws IOException {
        return of("apiVersion: v1\nkind: ConfigMap\ndata:\n" + data.indent(2));
    }

    List<String> saved() {
        return inventory.references().stream()
                .map(ImageReference::familiarString)
                .toList();
    }

    List<String> shown() {
        return inventory.references(Confidence.POSSIBLE).stream()
                .map(ImageReference::familiarString)
                .toList();
    }

    List<String> problems() {
        return inventory.problems().stream().map(it -> it.kind() + " " + it).toList();
    }
}
