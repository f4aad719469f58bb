package io.sealos.images.internal.helm;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;

/** The files of the engine for this machine. */
final class EngineFiles {
    private final EngineCache cache;
    private final URL library;

    private EngineFiles(EngineCache cache, URL library) {
        this.cache = cache;
        this.library = library;
    }

    /** {@return the files of the engine for this machine; nothing is unpacked yet} */
    static EngineFiles find(Path cache, Path work) throws IOException {
        return new EngineFiles(new EngineCache(cache, work), EngineSource.library(EngineSystem.current()));
    }

    /** {@return the class path of a child process} */
    Path childJar() throws IOException {
        return new ChildJar(cache).file();
    }

    /** {@return the native library} */
    Path library() throws IOException {
        return new EngineLibrary(cache).file(library);
    }

    /** {@return the native library, loaded into this process} */
    NativeEngine load() throws IOException {
        return load(library());
    }

    /** Loads a library. If it cannot be loaded, it is read again at the next start. */
    NativeEngine load(Path library) {
        try {
            return NativeEngine.load(library);
        } catch (LinkageError e) {
            distrust();
            throw e;
        }
    }

    /** {@return the file that is written first} */
    Path part() {
        return cache.part();
    }

    /** Makes all files be read again at the next start, because they may be damaged. */
    void distrust() {
        cache.distrust();
    }
}
