package io.sealos.internal.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Opens files that must not be symbolic links, which could lead out of a directory. */
public final class UnlinkedFile {
    private UnlinkedFile() {}

    /**
     * {@return the content of a file}
     *
     * @throws IOException if it is a link, or cannot be read
     */
    public static InputStream open(Path file) throws IOException {
        try {
            return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
        } catch (UnsupportedOperationException e) {
            // A file system without links, such as that of a zip file, does not know the option.
            if (Files.isSymbolicLink(file)) {
                throw new FileSystemException(file.toString(), null, "is a symbolic link");
            }
            return Files.newInputStream(file);
        }
    }
}
