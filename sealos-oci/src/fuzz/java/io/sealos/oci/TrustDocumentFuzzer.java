package io.sealos.oci;

import io.sealos.oci.trust.BillOfMaterials;
import io.sealos.oci.trust.Provenance;
import io.sealos.oci.trust.TrustDocumentException;
import java.nio.charset.StandardCharsets;

/** Reads bills of materials and provenances, for Jazzer: a text is refused with a reason, or read. */
public final class TrustDocumentFuzzer {
    private TrustDocumentFuzzer() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        read(() -> BillOfMaterials.parse(text).components().forEach(Object::hashCode));
        read(() -> Provenance.parse(text).subjects().forEach(Object::hashCode));
    }

    private static void read(Runnable reading) {
        try {
            reading.run();
        } catch (TrustDocumentException e) {
            if (String.valueOf(e.getMessage()).indexOf('\u001b') >= 0) {
                throw new AssertionError("a control character in a message", e);
            }
        }
    }
}
