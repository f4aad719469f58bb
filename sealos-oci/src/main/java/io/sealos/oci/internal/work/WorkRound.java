package io.sealos.oci.internal.work;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** A list of items in work. Each participating thread takes the next item until none is left. */
final class WorkRound<T, R> implements Runnable {
    private final List<T> items;
    private final WorkPool.Work<T, R> work;
    private final boolean stopsAtFailure;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicReferenceArray<@Nullable ItemOutcome<R>> outcomes;
    private final AtomicReference<@Nullable ItemOutcome<R>> firstFailure = new AtomicReference<>();
    private final Set<Thread> others = new HashSet<>();
    private boolean ended;
    private @Nullable Throwable broken;

    WorkRound(List<T> items, WorkPool.Work<T, R> work, boolean stopsAtFailure) {
        this.items = items;
        this.work = work;
        this.stopsAtFailure = stopsAtFailure;
        this.outcomes = new AtomicReferenceArray<>(items.size());
    }

    /** Participates on one of the other threads. */
    @Override
    public void run() {
        if (!enter()) {
            return;
        }
        try {
            takePart();
        } catch (InterruptedException e) {
            leave(e);
            return;
        } catch (Error e) {
            leave(e);
            throw e;
        }
        leave(null);
    }

    void takePart() throws InterruptedException {
        for (int i = next.getAndIncrement(); i < items.size(); i = next.getAndIncrement()) {
            outcomes.set(i, attempt(items.get(i)));
        }
    }

    private ItemOutcome<R> attempt(T item) throws InterruptedException {
        try {
            return ItemOutcome.of(work.on(item));
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            ItemOutcome<R> failed = ItemOutcome.failed(e);
            if (stopsAtFailure && firstFailure.compareAndSet(null, failed)) {
                next.set(items.size());
            }
            return failed;
        }
    }

    /**
     * Prevents further threads from joining, and waits for the others, which are interrupted if the work is aborted.
     */
    synchronized void end(boolean whole) throws InterruptedException {
        boolean interrupted = Thread.interrupted();
        ended = true;
        boolean itemsLeft = next.getAndSet(items.size()) < items.size();
        if (interrupted || itemsLeft || !whole || firstFailure.get() != null) {
            others.forEach(Thread::interrupt);
        }
        while (!others.isEmpty()) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
                others.forEach(Thread::interrupt);
            }
        }
        if (interrupted) {
            throw new InterruptedException();
        }
    }

    /** Returns the outcome of an item after the end of the round. */
    ItemOutcome<R> outcome(int item) throws InterruptedException {
        ItemOutcome<R> outcome = outcomes.get(item);
        if (outcome != null) {
            return outcome;
        }
        if (broken instanceof Error error) {
            throw error;
        }
        throw new InterruptedException("a thread of the executor was interrupted");
    }

    R resultOrFirstFailure(int item) throws IOException, InterruptedException {
        ItemOutcome<R> failed = firstFailure.get();
        return (failed == null || broken instanceof Error ? outcome(item) : failed).orThrow();
    }

    private synchronized boolean enter() {
        return !ended && others.add(Thread.currentThread());
    }

    /**
     * Leaves the round. An interrupt by this round is cleared, so it does not affect the next task of the thread. An
     * interrupt by the owner of the thread is kept.
     */
    private synchronized void leave(@Nullable Throwable cause) {
        others.remove(Thread.currentThread());
        if (ended) {
            Thread.interrupted();
        } else if (cause instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        broken = cause == null ? broken : cause;
        notifyAll();
    }
}
