package io.sealos.oci.internal.registry;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Items that several threads work off: each thread that takes part takes the next item, until none is left. */
final class WorkRound<T, R> implements Runnable {
    private final List<T> items;
    private final Parallel.Work<T, R> work;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicReferenceArray<Parallel.@Nullable Result<R>> results;
    private final Set<Thread> others = new HashSet<>();
    private boolean ended;
    private @Nullable Throwable broken;

    WorkRound(List<T> items, Parallel.Work<T, R> work) {
        this.items = items;
        this.work = work;
        this.results = new AtomicReferenceArray<>(items.size());
    }

    /** One of the other threads. */
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
            results.set(i, attempt(items.get(i)));
        }
    }

    private Parallel.Result<R> attempt(T item) throws InterruptedException {
        try {
            return new Parallel.Result<>(Optional.of(work.on(item)), Optional.empty());
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            return new Parallel.Result<>(Optional.empty(), Optional.of(e));
        }
    }

    /** Lets no thread begin any more, and waits for those at work; where work is given up, it interrupts them. */
    synchronized void end(boolean whole) throws InterruptedException {
        boolean interrupted = Thread.interrupted();
        ended = true;
        boolean itemsLeft = next.getAndSet(items.size()) < items.size();
        if (itemsLeft || !whole) {
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

    Parallel.Result<R> result(int item) throws InterruptedException {
        Parallel.Result<R> result = results.get(item);
        if (result != null) {
            return result;
        }
        if (broken instanceof Error error) {
            throw error;
        }
        throw new InterruptedException("a thread of the executor was interrupted");
    }

    private synchronized boolean enter() {
        return !ended && others.add(Thread.currentThread());
    }

    /** An interrupt of ours is not left behind for what the executor's thread does next; that of its owner is. */
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
