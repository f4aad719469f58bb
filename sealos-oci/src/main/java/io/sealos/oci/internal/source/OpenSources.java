package io.sealos.oci.internal.source;

import io.sealos.oci.internal.FileTree;
import io.sealos.oci.internal.read.StoredFiles;
import io.sealos.oci.internal.store.ContentStore;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The local sources that one build uses. Each is opened once, when it is needed; all are closed together. Thread-safe.
 */
public final class OpenSources implements Closeable {
    private final Path scratch;
    private final Map<LocalSource, Opened> opened = new LinkedHashMap<>();

    public OpenSources(ContentStore store) throws IOException {
        this.scratch = Files.createTempDirectory(store.incoming(), "origins-");
    }

    StoredFiles files(LocalSource origin) throws IOException, InterruptedException {
        return opened(origin).files();
    }

    private synchronized Opened opened(LocalSource origin) {
        return opened.computeIfAbsent(origin, added -> new Opened(added, scratch.resolve("" + opened.size())));
    }

    @Override
    public synchronized void close() throws IOException {
        try {
            for (Opened origin : opened.values()) {
                origin.close();
            }
        } finally {
            FileTree.delete(scratch);
        }
    }

    /** A source that is opened once: a second caller waits for the first one, and shares its failure. */
    private static final class Opened implements Closeable {
        private final LocalSource origin;
        private final Path scratch;
        private @Nullable StoredFiles files;
        private @Nullable IOException failure;

        Opened(LocalSource origin, Path scratch) {
            this.origin = origin;
            this.scratch = scratch;
        }

        synchronized StoredFiles files() throws IOException, InterruptedException {
            if (failure != null) {
                throw failure;
            }
            if (files == null) {
                files = open();
            }
            return files;
        }

        private StoredFiles open() throws IOException, InterruptedException {
            try {
                return origin.open(Files.createDirectory(scratch));
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }

        @Override
        public synchronized void close() throws IOException {
            if (files != null) {
                files.close();
            }
        }
    }
}
