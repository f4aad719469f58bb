package io.sealos.oci.internal.inspect;

import io.sealos.internal.files.TemporaryDirectory;
import io.sealos.oci.ImageChoice;
import io.sealos.oci.internal.read.StoredFiles;
import io.sealos.oci.internal.source.LocalSource;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The image of a source for each of its platforms. The layers can be read until this object is closed. */
public final class FoundImages implements Closeable {
    private final List<FoundImage> platforms;
    private final @Nullable StoredFiles files;
    private final @Nullable TemporaryDirectory scratch;

    private FoundImages(List<FoundImage> platforms, @Nullable StoredFiles files, @Nullable TemporaryDirectory scratch) {
        this.platforms = List.copyOf(platforms);
        this.files = files;
        this.scratch = scratch;
    }

    /** {@return images whose layers are in files that need not be closed} */
    public static FoundImages of(List<FoundImage> platforms) {
        return new FoundImages(platforms, null, null);
    }

    /**
     * Opens a source that is not a registry.
     *
     * @param name the name of the source for messages
     */
    @SuppressWarnings("resource") // closed by the caller of this method
    public static FoundImages open(LocalSource source, ImageChoice choice, String name)
            throws IOException, InterruptedException {
        TemporaryDirectory scratch = TemporaryDirectory.create("sealos-source-");
        StoredFiles files = null;
        boolean opened = false;
        try {
            files = source.open(scratch.directory("source"));
            List<FoundImage> found = ImageReader.of(files, source.format()).found(choice, name);
            opened = true;
            return new FoundImages(found, files, scratch);
        } finally {
            if (!opened) {
                close(files, scratch);
            }
        }
    }

    /** {@return the image for each platform, in the order in which the source lists them} */
    public List<FoundImage> platforms() {
        return platforms;
    }

    private static void close(@Nullable StoredFiles files, @Nullable TemporaryDirectory scratch) throws IOException {
        try {
            if (files != null) {
                files.close();
            }
        } finally {
            if (scratch != null) {
                scratch.close();
            }
        }
    }

    @Override
    public void close() throws IOException {
        close(files, scratch);
    }
}
