package io.sealos.oci;

import io.sealos.internal.files.UserDirectories;
import io.sealos.layout.CleanFiles;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.store.ContentStore;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where the builds of one context record which of its files the layout rules need not read again. */
final class CleanRecord {
    private static final CleanRecord NONE = new CleanRecord(null, CleanFiles.NONE);

    private final @Nullable Path file;
    private final CleanFiles known;

    private CleanRecord(@Nullable Path file, CleanFiles known) {
        this.file = file;
        this.known = known;
    }

    /** What the builds before this one have recorded. */
    static CleanRecord of(ClusterImageRequest request, Path context) throws IOException {
        if (!request.reuseLayers) {
            return NONE;
        }
        String name = Digests.sha256(context.toRealPath().toString()).hex();
        Path store;
        try {
            store = TargetSettings.directory(request.contentStore);
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

    /** Records what this build knows, once it has written something. */
    void keep(CleanFiles clean) {
        try {
            if (file != null && clean.equals(known) && Files.exists(file)) {
                // What is used is not forgotten.
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
