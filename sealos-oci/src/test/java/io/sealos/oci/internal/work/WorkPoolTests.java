package io.sealos.oci.internal.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorkPoolTests {
    private static final List<Integer> ITEMS = IntStream.range(0, 100).boxed().toList();

    @Test
    void forEachWhenSomeFailDoesAllInOrder() throws Exception {
        try (WorkPool pool = WorkPool.of(4, Optional.empty())) {
            var results = pool.forEach(ITEMS, item -> {
                if (item % 10 == 0) {
                    throw new IOException("no " + item);
                }
                return -item;
            });

            assertThat(results.keySet()).containsExactlyElementsOf(ITEMS);
            assertThat(result(results, 7).value()).contains(-7);
            assertThat(result(results, 20).failure().orElseThrow()).hasMessage("no 20");
        }
    }

    @Test
    void forEachWhenExecutorIsGivenUsesItsThreadsAndLeavesThemClean() throws Exception {
        ExecutorService given = Executors.newSingleThreadExecutor(work -> new Thread(work, "given"));
        Set<String> names = ConcurrentHashMap.newKeySet();
        try (WorkPool pool = WorkPool.of(4, Optional.of(given))) {
            // Each thread keeps its item until the other one has the other.
            CyclicBarrier both = new CyclicBarrier(2);
            pool.forEach(ITEMS.subList(0, 2), item -> {
                both.await(1, TimeUnit.MINUTES);
                return names.add(Thread.currentThread().getName());
            });
            assertThat(names).containsExactlyInAnyOrder(Thread.currentThread().getName(), "given");
        }
        assertThat(given.submit(Thread::interrupted).get()).isFalse();
        given.shutdown();
        assertThat(given.awaitTermination(1, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void forEachWhenItsExecutorWaitsForItGoesOnAlone() throws Exception {
        ExecutorService single = Executors.newSingleThreadExecutor();
        Future<Integer> done = single.submit(() -> {
            try (WorkPool pool = WorkPool.of(4, Optional.of(single))) {
                return pool.forEach(ITEMS, item -> item).size();
            }
        });

        assertThat(done.get(5, TimeUnit.SECONDS)).isEqualTo(100);
        single.shutdownNow();
    }

    @Test
    void forEachWhenInterruptedInterruptsTheOthersToo() throws Exception {
        ExecutorService given = Executors.newCachedThreadPool();
        Thread caller = Thread.currentThread();
        try (WorkPool pool = WorkPool.of(4, Optional.of(given))) {
            assertThatExceptionOfType(InterruptedException.class)
                    .isThrownBy(() -> pool.forEach(ITEMS, item -> {
                        if (item == 3) {
                            caller.interrupt();
                        }
                        Thread.sleep(10_000);
                        return item;
                    }));
        }
        given.shutdown();
        assertThat(given.awaitTermination(1, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void forEachWhenInterruptedAfterItsLastItemInterruptsTheOthers() {
        Thread caller = Thread.currentThread();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        AtomicBoolean waited = new AtomicBoolean();
        try (WorkPool pool = WorkPool.of(2, Optional.empty())) {
            assertThatExceptionOfType(InterruptedException.class)
                    .isThrownBy(() -> pool.forEach(ITEMS.subList(0, 2), item -> {
                        if (Thread.currentThread() == caller) {
                            begun.await();
                            caller.interrupt();
                        } else {
                            begun.countDown();
                            waited.set(!never.await(1, TimeUnit.MINUTES));
                        }
                        return item;
                    }));
        }
        assertThat(waited).isFalse();
    }

    private static ItemOutcome<Integer> result(Map<Integer, ItemOutcome<Integer>> results, int item) {
        return Objects.requireNonNull(results.get(item));
    }

    @Test
    void forEachWhenExecutorRejectsDoesAllItself() throws Exception {
        ExecutorService ended = Executors.newSingleThreadExecutor();
        ended.shutdown();
        try (WorkPool pool = WorkPool.of(4, Optional.of(ended))) {
            var results = pool.forEach(ITEMS, item -> Thread.currentThread());
            assertThat(results.values())
                    .hasSize(ITEMS.size())
                    .allSatisfy(result -> assertThat(result.value()).contains(Thread.currentThread()));
        }
    }

    @Test
    void allWhenOneFailsStopsAndThrowsIt() throws Exception {
        AtomicInteger begun = new AtomicInteger();
        try (WorkPool pool = WorkPool.of(1, Optional.empty())) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> pool.all(ITEMS, item -> {
                        begun.incrementAndGet();
                        if (item == 1) {
                            throw new IOException("no " + item);
                        }
                        return item;
                    }))
                    .withMessage("no 1");
        }
        assertThat(begun.get()).isEqualTo(2);
    }

    @Test
    void allWhenOneFailsInterruptsTheOthers() throws Exception {
        ExecutorService given = Executors.newCachedThreadPool();
        CountDownLatch waiting = new CountDownLatch(1);
        try (WorkPool pool = WorkPool.of(2, Optional.of(given))) {
            Thread caller = Thread.currentThread();
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> pool.all(List.of(0, 1), item -> {
                        if (Thread.currentThread() == caller) {
                            waiting.await();
                            throw new IOException("no");
                        }
                        waiting.countDown();
                        new CountDownLatch(1).await();
                        return item;
                    }))
                    .withMessage("no");
        }
        assertThat(given.submit(Thread::interrupted).get()).isFalse();
        given.shutdownNow();
    }

    @Test
    void allWhenNoneFailsReturnsResultsInOrder() throws Exception {
        try (WorkPool pool = WorkPool.of(3, Optional.empty())) {
            assertThat(pool.all(ITEMS, item -> -item))
                    .isEqualTo(ITEMS.stream().map(item -> -item).toList());
        }
    }
}
