package io.sealos.oci.internal.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sealos.oci.testing.Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ParallelTests extends RegistryFixture {
    private static final List<Integer> ITEMS = IntStream.range(0, 100).boxed().toList();

    @Test
    void forEachWhenSomeFailDoesAllInOrder() throws Exception {
        try (Parallel parallel = Parallel.of(4, Optional.empty())) {
            var results = parallel.forEach(ITEMS, item -> {
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
        ExecutorService given = Executors.newFixedThreadPool(2, work -> new Thread(work, "given"));
        Set<String> names = ConcurrentHashMap.newKeySet();
        try (Parallel parallel = Parallel.of(4, Optional.of(given))) {
            parallel.forEach(ITEMS, item -> {
                Thread.sleep(1);
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
            try (Parallel parallel = Parallel.of(4, Optional.of(single))) {
                return parallel.forEach(ITEMS, item -> item).size();
            }
        });

        assertThat(done.get(5, TimeUnit.SECONDS)).isEqualTo(100);
        single.shutdownNow();
    }

    @Test
    void forEachWhenInterruptedInterruptsTheOthersToo() throws Exception {
        ExecutorService given = Executors.newCachedThreadPool();
        Thread caller = Thread.currentThread();
        try (Parallel parallel = Parallel.of(4, Optional.of(given))) {
            assertThatExceptionOfType(InterruptedException.class)
                    .isThrownBy(() -> parallel.forEach(ITEMS, item -> {
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
    void saveWhenRequestsPerHostAreBoundedSendsNoMoreAtATime() throws Exception {
        String[] names =
                IntStream.range(0, 12).mapToObj(i -> "app/x" + i + ":1").toArray(String[]::new);
        for (int i = 0; i < names.length; i++) {
            new TestImage("amd64", "image" + i).pushTo(registry, "app/x" + i, "1");
        }
        registry.fault("/", Fault.delay(Duration.ofMillis(20), 99));

        saving(settings().requestsPerHost(3)).save(names);

        // The server may still be ending an answer that the client has whole.
        assertThat(registry.mostAtOnce()).isBetween(2, 6);
    }

    private static Parallel.Result<Integer> result(Map<Integer, Parallel.Result<Integer>> results, int item) {
        return Objects.requireNonNull(results.get(item));
    }

    @Test
    void forEachWhenExecutorRejectsDoesAllItself() throws Exception {
        ExecutorService ended = Executors.newSingleThreadExecutor();
        ended.shutdown();
        try (Parallel parallel = Parallel.of(4, Optional.of(ended))) {
            var results = parallel.forEach(ITEMS, item -> Thread.currentThread());
            assertThat(results.values())
                    .hasSize(ITEMS.size())
                    .allSatisfy(result -> assertThat(result.value()).contains(Thread.currentThread()));
        }
    }
}
