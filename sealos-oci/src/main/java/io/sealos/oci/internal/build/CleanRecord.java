package io.sealos.oci.internal.build;

import io.sealos.internal.files.UserDirectories;
import io.sealos.layout.CleanFiles;
import io.sealos.oci.internal.layer.DigestingOutputStream;
import io.sealos.oci.internal.registry.ContentStore;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The record of the files of a context that the layout rules need not read again. */
final class CleanRecord {
    private static final CleanRecord NONE = new CleanRecord(null, CleanFiles.NONE);

    private final @Nullable Path file;
    private final CleanFiles known;

    private CleanRecord(@Nullable Path file, CleanFiles known) {
        this.file = file;
        this.known = known;
    }

    /** {@return the record of earlier builds; an empty one where nothing is kept} */
    static CleanRecord of(BuildRequest request, Path context) throws IOException {
        if (!request.output().reuseLayers()) {
            return NONE;
        }
        String name =
                DigestingOutputStream.digestOf(context.toRealPath().toString()).hex();
        Path store;
        try {
            store = request.resources().directory();
            UserDirectories.requireOutside(context, store);
        } catch (FileSystemException e) {
            // Where nothing can be kept, every file is looked at; whatever needs the store says why there is none.
            return NONE;
        }
        Path file = ContentStore.records(store).resolve("files-" + name);
        return new CleanRecord(file, CleanFiles.read(file));
    }

    CleanFiles known() {
        return known;
    }

    /** Replaces the record by the one of this build, once something was written. */
    void keep(CleanFiles clean) {
        try {
            if (file != null && clean.equals(known) && Files.exists(file)) {
                // Keeps the record from being deleted as unused.
                Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
            } else if (file != null) {
                clean.writeTo(file);
            }
        } catch (IOException e) {
            // The image is whole; all that is lost is time in the next build.
            return;
        }
    }
}
