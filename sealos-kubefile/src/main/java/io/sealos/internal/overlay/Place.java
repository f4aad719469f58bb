package io.sealos.internal.overlay;

import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A place to which a path leads.
 *
 * @param path the absolute path without links, except perhaps for the last name
 * @param given the file or directory of the program at this place; null if there is none
 * @param beneath the path at which another file system has the file or directory; null if it has none
 */
record Place(Path path, @Nullable GivenTree given, @Nullable Path beneath) {
    /** {@return the content of the program at this place; null if another file system has the file, or none} */
    GivenFile.@Nullable Content content() {
        return given != null && given.file() instanceof GivenFile.Content content ? content : null;
    }

    /** {@return whether it is a directory that no other file system has} */
    boolean isMadeDirectory() {
        return given != null && given.isDirectory() && beneath == null;
    }

    /** {@return the path in the other file system} */
    Path required() throws NoSuchFileException {
        if (beneath == null) {
            throw new NoSuchFileException(path.toString());
        }
        return beneath;
    }
}
