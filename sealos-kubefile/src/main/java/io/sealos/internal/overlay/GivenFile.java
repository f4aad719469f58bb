package io.sealos.internal.overlay;

import io.sealos.internal.text.Printable;
import java.io.IOException;
import java.nio.file.Path;

/** A file that a program gives to a context. Immutable and thread-safe. */
public sealed interface GivenFile {
    /**
     * {@return a file with the mode 0644}
     *
     * @param name the name of the file for messages
     * @param bytes the content, which is copied
     */
    static GivenFile ofBytes(String name, byte[] bytes) {
        return new Content(GivenContent.ofBytes(Printable.of(name), bytes), Content.MODE);
    }

    /**
     * {@return a file with the mode 0644, whose content is read once to determine its size}
     *
     * @param name the name of the file for messages
     * @param opener opens the content
     * @throws IOException if it cannot be read, or if the thread is interrupted
     */
    static GivenFile ofStream(String name, StreamOpener opener) throws IOException {
        return new Content(GivenContent.ofStream(Printable.of(name), opener), Content.MODE);
    }

    /**
     * {@return a file that is read where it is, with its mode}
     *
     * @param file the real path of a regular file
     */
    static GivenFile at(Path file) {
        return new Elsewhere(file);
    }

    /** A file of memory or of a stream. */
    record Content(GivenContent content, int mode) implements GivenFile {
        private static final int MODE = 0644;
        private static final int EXECUTABLE_MODE = 0755;

        /** {@return the file with the mode 0755} */
        public Content executable() {
            return new Content(content, EXECUTABLE_MODE);
        }
    }

    /** A file at another place of a file system. */
    record Elsewhere(Path file) implements GivenFile {}
}
