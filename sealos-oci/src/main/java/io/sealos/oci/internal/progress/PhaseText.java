package io.sealos.oci.internal.progress;

import io.sealos.internal.text.Count;
import io.sealos.oci.BuildPhase;
import io.sealos.oci.CallEvent;
import io.sealos.oci.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** The progress of a phase as text. */
public final class PhaseText {
    /** The part of the width that a bar takes, so that it rarely has to become shorter. */
    private static final int BAR_PART = 8;

    private static final int SHORTEST_BAR = 5;

    private final Progress.Phase phase;
    private final Words words;

    public PhaseText(Progress.Phase phase) {
        this.phase = phase;
        this.words = Words.of(phase.phase());
    }

    /** The words for a phase while it is running, when it is complete, and for one of its items. */
    private record Words(String running, String complete, String item) {
        static Words of(BuildPhase phase) {
            return switch (phase) {
                case SCAN -> new Words("Checking the context", "Checked the context", "");
                case RESOLVE -> new Words("Reading manifests", "Read manifests", "image");
                case FETCH_BASES -> new Words("Fetching base images", "Fetched base images", "blob");
                case FETCH -> new Words("Fetching images", "Fetched images", "blob");
                case LAYERS -> new Words("Creating layers", "Created layers", "layer");
                case WRITE -> new Words("Writing", "Written", "file");
                case PUSH -> new Words("Pushing", "Pushed", "blob");
                case LOAD -> new Words("Loading into the engine", "Loaded into the engine", "");
                case VERIFY -> new Words("Verifying", "Verified", "blob");
            };
        }

        /** {@return a number of items, such as {@code 1 blob} or {@code 3 blobs}} */
        String count(long number) {
            return Count.of(number, item.isEmpty() ? "item" : item);
        }
    }

    /**
     * {@return a line with a bar, such as {@code Fetching images [######----] 62% 120/193 MB, 12/20 blobs, 8.1 MB/s,
     * 9.0 s left}} If the width does not suffice, the bar is shorter or missing, and then the text is cut.
     */
    public String bar(int width) {
        String percent = phase.percent().isPresent() ? phase.percent().getAsInt() + "% " : "";
        String text = percent + String.join(", ", running());
        int room = width - words.running().length() - text.length() - "  []".length();
        int length = phase.percent().isEmpty() || room < SHORTEST_BAR ? 0 : Math.min(width / BAR_PART, room);
        String line = words.running() + " " + (length == 0 ? "" : drawn(length) + " ") + text;
        return line.substring(0, Math.min(width, line.length()));
    }

    private String drawn(int length) {
        int done = length * phase.percent().orElse(0) / 100;
        return "[" + "#".repeat(done) + "-".repeat(length - done) + "]";
    }

    /** {@return a line about a running phase, such as {@code Fetching images: 62%, 120/193 MB, 12/20 blobs}} */
    public String line() {
        List<String> parts = new ArrayList<>();
        phase.percent().ifPresent(percent -> parts.add(percent + "%"));
        parts.addAll(running());
        return words.running() + ": " + String.join(", ", parts);
    }

    private List<String> running() {
        List<String> parts = new ArrayList<>();
        if (phase.bytes().total().orElse(0) > 0) {
            parts.add(Amounts.part(phase.bytes().done(), phase.bytes().total().getAsLong()));
        }
        parts.addAll(itemsOfTotal());
        phase.bytesPerSecond().stream().filter(rate -> rate > 0).forEach(rate -> parts.add(Amounts.size(rate) + "/s"));
        phase.timeLeft().ifPresent(left -> parts.add(Amounts.time(left) + " left"));
        if (parts.isEmpty()) {
            parts.add("...");
        }
        return parts;
    }

    private List<String> itemsOfTotal() {
        List<String> parts = new ArrayList<>();
        if (phase.items().total().isPresent()) {
            long total = phase.items().total().getAsLong();
            parts.add(phase.items().done() + "/" + words.count(total));
        }
        if (phase.failedItems() > 0) {
            parts.add(phase.failedItems() + " failed");
        }
        return parts;
    }

    /**
     * {@return whether the phase has ended with something to say} That manifests were read is said by what follows, and
     * a phase without items has done nothing.
     */
    public boolean hasEnd() {
        boolean nothing =
                phase.phase() == BuildPhase.RESOLVE || phase.items().total().equals(OptionalLong.of(0));
        return phase.state() != Progress.State.RUNNING && (phase.state() != Progress.State.COMPLETE || !nothing);
    }

    /**
     * {@return a line about a phase that has ended, such as {@code Fetched images: 20 blobs, 193 MB, 24 s; reused 3
     * blobs, 45 MB}}
     */
    public String end() {
        List<String> parts = new ArrayList<>();
        if (phase.state() != Progress.State.COMPLETE) {
            String how = phase.state() == Progress.State.CANCELLED ? " cancelled: " : " stopped: ";
            parts.addAll(itemsOfTotal());
            parts.add(Amounts.time(phase.elapsed()));
            return words.running() + how + String.join(", ", parts);
        }
        boolean counted = phase.items().total().isPresent();
        if (counted) {
            parts.add(amount(phase.items().done(), phase.bytes().done()));
        }
        parts.add(Amounts.time(phase.elapsed()));
        String reused = phase.items().reused() == 0
                ? ""
                : "; reused " + amount(phase.items().reused(), phase.bytes().reused());
        return words.complete() + ": " + String.join(", ", parts) + reused;
    }

    /** {@return a line about a call that has ended} */
    public static String call(CallEvent.Ended call, Duration time) {
        String how = switch (call.outcome()) {
            case COMPLETE -> "Done: ";
            case FAILED -> "Failed: ";
            case CANCELLED -> "Cancelled: ";
        };
        return how + call.call() + ", " + Amounts.time(time);
    }

    private String amount(long items, long bytes) {
        return words.count(items) + (phase.bytes().total().isPresent() ? ", " + Amounts.size(bytes) : "");
    }
}
