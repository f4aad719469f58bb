package io.sealos.oci;

import io.sealos.layout.LayoutReport;
import io.sealos.oci.internal.registry.Parallel;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;

/** The two checks of a build that look at every file of the context, made at the same time. */
final class FileChecks {
    private final FutureTask<LayoutReport> layout;
    private final FutureTask<CopyCheck> copies;

    private FileChecks(Callable<LayoutReport> layout, Callable<CopyCheck> copies) {
        this.layout = new FutureTask<>(layout);
        this.copies = new FutureTask<>(copies);
    }

    static FileChecks run(Callable<LayoutReport> layout, Callable<CopyCheck> copies, Optional<Executor> executor)
            throws InterruptedIOException {
        FileChecks checks = new FileChecks(layout, copies);
        List<FutureTask<?>> both = List.of(checks.layout, checks.copies);
        try (Parallel parallel = Parallel.of(both.size(), executor)) {
            parallel.forEach(both, check -> {
                check.run();
                return check;
            });
            return checks;
        } catch (InterruptedException e) {
            throw Interruptions.during("the build was checked", e);
        }
    }

    /** What the layout rules say, or the failure that they are. */
    LayoutReport layout() throws IOException {
        return get(layout);
    }

    /** What each COPY brings, or the refusal of one. */
    CopyCheck copies() throws IOException {
        return get(copies);
    }

    private static <T> T get(FutureTask<T> check) throws IOException {
        try {
            return check.get();
        } catch (InterruptedException e) {
            throw Interruptions.during("the build was checked", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException disk) {
                throw disk;
            }
            if (e.getCause() instanceof RuntimeException refused) {
                throw refused;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IOException(e.getCause());
        }
    }
}
