package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps books on events, and checks at each of them what {@link PhaseEvent} and {@link Progress} promise. */
final class EventLedger implements BuildListener {
    /** The progress of the last call. */
    Progress progress = Progress.create();

    final List<BuildEvent> heard = new CopyOnWriteArrayList<>();
    private final List<Throwable> broken = new ArrayList<>();
    private final Map<BuildPhase, Book> books = new EnumMap<>(BuildPhase.class);
    private int calls;
    private int percent;

    private static final class Book {
        private final Map<String, Integer> begun = new HashMap<>();
        private final Map<String, Integer> closed = new HashMap<>();
        private int running;
        private long items;
        private long bytes;
        private long totalItems;
        private long totalBytes;
    }

    @Override
    public synchronized void onEvent(BuildEvent event) {
        heard.add(event);
        try {
            check(event);
        } catch (AssertionError e) {
            broken.add(new AssertionError("at '" + event + "': " + e.getMessage(), e));
        }
    }

    /** Fails with the first promise that was broken. */
    synchronized void verify() {
        assertThat(broken).isEmpty();
        assertThat(calls).isZero();
        books.values().forEach(book -> assertThat(book.running).isZero());
        assertThat(progress.snapshot().state()).isNotEqualTo(Progress.State.RUNNING);
        assertThat(progress.snapshot().phases()).noneMatch(phase -> phase.state() == Progress.State.RUNNING);
    }

    Progress.Phase phase(BuildPhase phase) {
        return progress.snapshot().phase(phase).orElseThrow();
    }

    private void check(BuildEvent event) {
        if (event instanceof CallEvent.Started && calls++ == 0) {
            books.clear();
            progress = Progress.create();
            percent = 0;
        }
        assertThat(calls).as("calls").isPositive();
        if (event instanceof PhaseEvent part) {
            Book book = books.computeIfAbsent(part.phase(), phase -> new Book());
            check(part, book);
            progress.onEvent(event);
            compare(part.phase(), book);
        } else {
            progress.onEvent(event);
        }
        if (event instanceof CallEvent.Ended) {
            calls--;
        }
        checkPercent();
    }

    private void checkPercent() {
        Progress.Snapshot now = progress.snapshot();
        int next = now.percent().orElse(0);
        assertThat(next).as("percent").isBetween(percent, calls > 0 ? 99 : 100);
        percent = next;
        if (next == 100) {
            assertThat(now.state()).isEqualTo(Progress.State.COMPLETE);
        }
    }

    private static void check(PhaseEvent event, Book book) {
        if (event instanceof PhaseEvent.Started started) {
            book.running++;
            book.totalItems += started.items().orElse(0);
            book.totalBytes += started.bytes().orElse(0);
            return;
        }
        assertThat(book.running).as("running").isPositive();
        book.items += event.addedItems();
        book.bytes += event.addedBytes();
        assertThat(book.items).as("items").isBetween(0L, book.totalItems);
        assertThat(book.bytes).as("bytes").isBetween(0L, book.totalBytes);
        checkItem(event, book);
        if (event instanceof PhaseEvent.Ended ended && --book.running == 0) {
            checkEnd(ended, book);
        }
    }

    private static void checkItem(PhaseEvent event, Book book) {
        String item = item(event);
        if (event instanceof BuildEvent.BlobStarted
                || event instanceof PhaseEvent.BlobAwaited
                || event instanceof BuildEvent.UploadStarted) {
            book.begun.merge(item, 1, Integer::sum);
        } else if (event.addedItems() > 0 || isEnd(event)) {
            book.closed.merge(item, 1, Integer::sum);
        }
    }

    private static boolean isEnd(PhaseEvent event) {
        return event instanceof BuildEvent.BlobFailed || event instanceof BuildEvent.BlobCancelled;
    }

    private static void checkEnd(PhaseEvent.Ended ended, Book book) {
        assertThat(book.closed.keySet()).as("begun is closed").containsAll(book.begun.keySet());
        if (ended.isComplete()) {
            assertThat(book.items).as("items at the end").isEqualTo(book.totalItems);
            assertThat(book.bytes).as("bytes at the end").isEqualTo(book.totalBytes);
        }
    }

    /** {@return how often each item was closed; a build alone closes each once} */
    synchronized Map<String, Integer> closed(BuildPhase phase) {
        return Map.copyOf(books.getOrDefault(phase, new Book()).closed);
    }

    private static String item(PhaseEvent event) {
        if (event instanceof BuildEvent.BlobStarted blob) {
            return blob.digest().toString();
        }
        if (event instanceof PhaseEvent.BlobAwaited blob) {
            return blob.digest().toString();
        }
        if (event instanceof BuildEvent.BlobFinished blob) {
            return blob.digest().toString();
        }
        if (event instanceof BuildEvent.BlobReused blob) {
            return blob.digest().toString();
        }
        if (event instanceof BuildEvent.BlobFailed blob) {
            return blob.digest().toString();
        }
        if (event instanceof BuildEvent.BlobCancelled blob) {
            return blob.digest().toString();
        }
        if (event instanceof BuildEvent.UploadStarted blob) {
            return blob.digest().toString();
        }
        if (event instanceof BuildEvent.UploadFinished blob) {
            return blob.digest().toString();
        }
        return event instanceof BuildEvent.UploadSkipped blob ? blob.digest().toString() : event.toString();
    }

    private void compare(BuildPhase phase, Book book) {
        Progress.Phase shown = phase(phase);
        assertThat(shown.items().done()).isEqualTo(book.items);
        assertThat(shown.bytes().done()).isEqualTo(book.bytes);
        assertThat(shown.items().reused()).isBetween(0L, book.items);
        assertThat(shown.bytes().reused()).isBetween(0L, book.bytes);
        if (shown.bytes().total().isPresent()) {
            assertThat(shown.bytes().total()).isEqualTo(OptionalLong.of(book.totalBytes));
        }
        if (book.running == 0 && shown.state() == Progress.State.COMPLETE) {
            assertThat(shown.percent().orElse(100)).isEqualTo(100);
        }
    }
}
