package io.sealos.oci.internal.verify;

import java.util.ArrayList;
import java.util.List;

/** What a check of a layout has found so far. */
public final class Findings {
    private final List<String> mismatches = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private int images;
    private int layers;
    private int blobs;
    private long bytes;

    void mismatch(String place, String problem) {
        mismatches.add(place + ": " + problem);
    }

    void note(String place, String text) {
        notes.add(place + ": " + text);
    }

    void countImage() {
        images++;
    }

    void countLayer() {
        layers++;
    }

    void countBlob(long size) {
        blobs++;
        bytes += size;
    }

    public List<String> mismatches() {
        return List.copyOf(mismatches);
    }

    public List<String> notes() {
        return List.copyOf(notes);
    }

    public int images() {
        return images;
    }

    public int layers() {
        return layers;
    }

    public int blobs() {
        return blobs;
    }

    public long bytes() {
        return bytes;
    }
}
