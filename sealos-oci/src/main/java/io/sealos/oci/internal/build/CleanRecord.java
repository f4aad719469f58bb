package io.sealos.oci.internal.build;

import io.sealos.internal.files.UserDirectories;
import io.sealos.internal.overlay.OverlayFileSystem;
import io.sealos.layout.LayoutReport;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.store.ContentStore;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The file in which builds record the files of a context that the layout rules need not read again. */
final class CleanRecord {
    private static final CleanRecord NONE = new CleanRecord(null);

    private final @Nullable Path file;

    private CleanRecord(@Nullable Path file) {
        this.file = file;
    }

    /** {@return the record for a context on disk; an empty one if layers are not reused or there is no store} */
    static CleanRecord of(BuildRequest request, Path context) throws IOException {
        Optional<Path> onDisk = OverlayFileSystem.directoryBelow(context)
                .filter(it -> it.getFileSystem().equals(FileSystems.getDefault()));
        if (!request.output().reuseLayers() || onDisk.isEmpty()) {
            return NONE;
        }
        String name = Digests.sha256(onDisk.get().toRealPath().toString()).hex();
        Path store;
        try {
            store = request.resources().directory();
            UserDirectories.requireOutside(context, store);
        } catch (FileSystemException e) {
            // Without a store, every file is read. A later step that needs the store reports why there is none.
            return NONE;
        }
        return new CleanRecord(ContentStore.records(store).resolve("files-" + name));
    }

    /** {@return the file of the record; null if this build keeps no record} */
    @Nullable
    Path file() {
        return file;
    }

    /** Records the files without findings. Called after the image was written. */
    void keep(LayoutReport report) {
        try {
            if (file != null) {
                report.writeCleanFiles(file);
            }
        } catch (IOException e) {
            // The image is complete. Without the record, the next build only takes longer.
            return;
        }
    }
}
