package io.sealos.oci.internal.verify;

import io.sealos.oci.BuildListener;
import io.sealos.oci.BuildPhase;
import io.sealos.oci.internal.progress.PhaseRun;
import io.sealos.oci.internal.progress.VerifiedBlob;
import io.sealos.oci.internal.read.StoredFiles.Stored;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The layers of all images of a layout. Each is read once, whatever the number of images that use it. */
final class LayerQueue {
    private final Findings findings;
    private final Map<String, Blob> blobs = new LinkedHashMap<>();

    LayerQueue(Findings findings) {
        this.findings = findings;
    }

    /** A blob, the name by which it is found, its expected digest if it is known, and its uses. */
    private record Blob(String name, Stored file, long size, List<LayerUse> uses) {}

    /** Adds a use of a blob. Blobs with the same name are one. */
    void add(String name, Stored file, LayerUse use) throws IOException {
        if (!blobs.containsKey(name)) {
            blobs.put(name, new Blob(name, file, file.size(), new ArrayList<>()));
            findings.countBlob(file.size());
        }
        blobs.get(name).uses().add(use);
    }

    /**
     * Reads all blobs.
     *
     * @throws InterruptedIOException if the thread is interrupted
     */
    void check(BuildListener listener) throws InterruptedIOException {
        long bytes = PhaseRun.total(blobs.values().stream().mapToLong(Blob::size));
        try (PhaseRun phase = PhaseRun.start(listener, BuildPhase.VERIFY, blobs.size(), bytes)) {
            for (Blob blob : blobs.values()) {
                check(blob, listener);
            }
            phase.complete();
        }
    }

    private void check(Blob blob, BuildListener listener) throws InterruptedIOException {
        VerifiedBlob report = new VerifiedBlob(listener, blob.name(), blob.size());
        new LayerCheck(findings, blob.name(), blob.uses()).check(blob.file(), report);
        report.finished();
    }
}
