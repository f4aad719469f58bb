package io.sealos.oci.internal.tree;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

record DiskContent(Path file, long size, @Nullable Object linkIdentity) implements Content {
    @Override
    public InputStream open() throws IOException {
        // What was a file when the tree was read must not lead elsewhere now.
        return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public @Nullable String identity() throws IOException {
        return FileState.settled(file);
    }

    @Override
    public String place() {
        return file.toString();
    }
}
