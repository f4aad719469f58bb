package io.sealos.oci.internal.tree;

import io.sealos.internal.overlay.OverlayFileSystem;
import io.sealos.oci.internal.read.ExtendedAttributes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the extended attributes of files on disk. Java gives access only to those of {@code user}, so
 * {@code security.capability} is ignored for files of the context, but not in archives and images. On Windows, these
 * attributes are alternate streams, which images do not contain.
 */
final class UserAttributes {
    private static final String PREFIX = "user.";

    private UserAttributes() {}

    /** Returns whether the platform and the file system have such attributes. */
    static boolean areKeptBelow(Path directory) throws IOException {
        Path found = OverlayFileSystem.beneath(directory);
        if (found == null) {
            return false;
        }
        Set<String> views = found.getFileSystem().supportedFileAttributeViews();
        return views.contains("unix") && views.contains("user") && hasThem(Files.getFileStore(found));
    }

    private static boolean hasThem(FileStore store) {
        return store.supportsFileAttributeView(UserDefinedFileAttributeView.class);
    }

    /** Returns the attributes of a file or directory; links are not followed. */
    static ExtendedAttributes of(Path file) throws IOException {
        Path found = OverlayFileSystem.beneath(file, LinkOption.NOFOLLOW_LINKS);
        if (found == null) {
            return ExtendedAttributes.NONE;
        }
        @Nullable
        UserDefinedFileAttributeView view =
                Files.getFileAttributeView(found, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (view == null) {
            return ExtendedAttributes.NONE;
        }
        try {
            return read(view);
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            // The file may be on another, mounted file system.
            if (hasThem(Files.getFileStore(found))) {
                throw e;
            }
            return ExtendedAttributes.NONE;
        }
    }

    private static ExtendedAttributes read(UserDefinedFileAttributeView view) throws IOException {
        ExtendedAttributes found = ExtendedAttributes.NONE;
        for (String name : view.list()) {
            ByteBuffer value = ByteBuffer.allocate(view.size(name));
            view.read(name, value);
            found = found.with(PREFIX + name, value.array());
        }
        return found;
    }
}
