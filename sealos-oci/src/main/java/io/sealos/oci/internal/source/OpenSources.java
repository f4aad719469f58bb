package io.sealos.oci.internal.source;

import io.sealos.internal.files.FileTree;
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
 * The local sources that a build uses. Each is opened once, when it is first needed, and all are closed together.
 * Thread-safe.
 */
public final class OpenSources implements Closeable {
    private final Path scratch;
    private final Map<LocalSource, Opened> opened = new LinkedHashMap<>();

    public OpenSources(ContentStore store) throws IOException {
        this.scratch = Files.createTempDirectory(store.incoming(), "sources-");
    }

    StoredFiles files(LocalSource source) throws IOException, InterruptedException {
        return opened(source).files();
    }

    private synchronized Opened opened(LocalSource source) {
        return opened.computeIfAbsent(source, added -> new Opened(added, scratch.resolve("" + opened.size())));
    }

    @Override
    public synchronized void close() throws IOException {
        try {
            for (Opened source : opened.values()) {
                source.close();
            }
        } finally {
            FileTree.delete(scratch);
        }
    }

    /** A source that is opened once. A second caller waits for the first one, and gets the same failure. */
    private static final class Opened implements Closeable {
        private final LocalSource source;
        private final Path scratch;
        private @Nullable StoredFiles files;
        private @Nullable Exception failure;

        Opened(LocalSource source, Path scratch) {
            this.source = source;
            this.scratch = scratch;
        }

        synchronized StoredFiles files() throws IOException, InterruptedException {
            if (failure instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            if (failure instanceof IOException io) {
                throw io;
            }
            if (files == null) {
                files = open();
            }
            return files;
        }

        private StoredFiles open() throws IOException, InterruptedException {
            try {
                return source.open(Files.createDirectory(scratch));
            } catch (IOException | RuntimeException e) {
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
