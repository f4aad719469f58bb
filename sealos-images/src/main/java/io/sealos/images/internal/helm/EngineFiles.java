package io.sealos.images.internal.helm;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;

/** The engine for this machine as files. */
final class EngineFiles {
    private final EngineCache cache;
    private final URL library;

    private EngineFiles(EngineCache cache, URL library) {
        this.cache = cache;
        this.library = library;
    }

    /** Looks whether the engine is there for this machine, and unpacks nothing yet. */
    static EngineFiles find(Path cache, Path work) throws IOException {
        return new EngineFiles(new EngineCache(cache, work), EngineSource.library(EngineSystem.current()));
    }

    /** The class path of a child process. */
    Path childJar() throws IOException {
        return new ChildJar(cache).file();
    }

    /** The native library. */
    Path library() throws IOException {
        return new EngineLibrary(cache).file(library);
    }

    /** The native library in this process. */
    NativeEngine load() throws IOException {
        return load(library());
    }

    /** One that does not load is read again at the next start. */
    NativeEngine load(Path library) {
        try {
            return NativeEngine.load(library);
        } catch (LinkageError e) {
            distrust();
            throw e;
        }
    }

    /** The file that is written first. */
    Path part() {
        return cache.part();
    }

    /** All is read again at the next start: what does not work may be damaged. */
    void distrust() {
        cache.distrust();
    }
}
