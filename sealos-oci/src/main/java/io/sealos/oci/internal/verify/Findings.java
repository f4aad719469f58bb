package io.sealos.oci.internal.verify;

import io.sealos.internal.text.Printable;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects the results of a check of a layout, up to a limit, because a hostile layout may cause any number of them.
 */
final class Findings {
    private static final int MOST_LINES = 10_000;

    private final Lines mismatches = new Lines("mismatches");
    private final Lines notes = new Lines("notes");
    private int images;
    private int layers;
    private int blobs;
    private long bytes;

    void mismatch(String place, String problem) {
        mismatches.add(Printable.message(place + ": " + problem));
    }

    void note(String place, String text) {
        notes.add(Printable.message(place + ": " + text));
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

    /** Adds the mismatches and notes of another collection. */
    void add(Findings other) {
        mismatches.addAll(other.mismatches);
        notes.addAll(other.notes);
    }

    VerifiedFiles report(String source) {
        return new VerifiedFiles(source, mismatches.all(), notes.all(), images, layers, blobs, bytes);
    }

    private static final class Lines {
        private final String kind;
        private final List<String> first = new ArrayList<>();
        private long more;

        Lines(String kind) {
            this.kind = kind;
        }

        void add(String line) {
            if (first.size() < MOST_LINES) {
                first.add(line);
            } else {
                more++;
            }
        }

        void addAll(Lines other) {
            other.first.forEach(this::add);
            more += other.more;
        }

        List<String> all() {
            List<String> all = new ArrayList<>(first);
            if (more > 0) {
                all.add("and " + more + " more " + kind);
            }
            return List.copyOf(all);
        }
    }
}
