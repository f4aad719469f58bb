package io.sealos.images;

import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Reads manifests, for Jazzer: whatever they are, they give an inventory. */
public final class ManifestFuzzer {
    private static final ImageScanner SCANNER = ImageScanner.builder()
            .chartRenderer(request -> RenderedChart.failed("no charts"))
            .build();

    private ManifestFuzzer() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        ImageInventory inventory = SCANNER.scanManifest("manifests/a.yaml", new ByteArrayInputStream(input));
        inventory.references().forEach(reference -> require(ImageReference.parse(reference.toString())
                .equals(reference)));
        inventory.problems().forEach(problem -> require(problem.message().indexOf('\u001b') < 0));
        inventory.occurrences().forEach(occurrence -> require(occurrence.line() >= 0));
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new AssertionError();
        }
    }
}
