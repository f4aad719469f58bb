package io.sealos.oci.internal.tree;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file of the context. There may be very many, so that it holds little.
 *
 * @param state null where that would not tell whether it changes
 */
record DiskContent(
        Path folder,
        String name,
        long size,
        @Nullable FileState state,
        @Nullable Object linkIdentity) implements Content {
    Path file() {
        return folder.resolve(name);
    }

    @Override
    public InputStream open() throws IOException {
        // What was a file when the tree was read must not lead elsewhere now.
        return Files.newInputStream(file(), LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public @Nullable String identity() {
        return state == null ? null : state.toString();
    }

    @Override
    public String place() {
        return file().toString();
    }
}
