package io.sealos.oci.internal.verify;

import java.util.List;

/** What was verified, and what was found. */
public record VerifiedFiles(
        String source, List<String> mismatches, List<String> notices, int images, int layers, int blobs, long bytes) {
    public VerifiedFiles {
        mismatches = List.copyOf(mismatches);
        notices = List.copyOf(notices);
    }
}
