package io.sealos.oci.internal.build;

import io.sealos.internal.files.UserDirectories;
import io.sealos.layout.LayoutReport;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.store.ContentStore;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The file in which the builds of one context record which of its files the layout rules need not read again. */
final class CleanRecord {
    private static final CleanRecord NONE = new CleanRecord(null);

    private final @Nullable Path file;

    private CleanRecord(@Nullable Path file) {
        this.file = file;
    }

    /** {@return the record of the builds of this context; none if layers are not reused or there is no store} */
    static CleanRecord of(BuildRequest request, Path context) throws IOException {
        if (!request.output().reuseLayers()) {
            return NONE;
        }
        String name = Digests.sha256(context.toRealPath().toString()).hex();
        Path store;
        try {
            store = request.resources().directory();
            UserDirectories.requireOutside(context, store);
        } catch (FileSystemException e) {
            // Without a store every file is read; whatever needs the store says why there is none.
            return NONE;
        }
        return new CleanRecord(ContentStore.records(store).resolve("files-" + name));
    }

    /** {@return the file that has the record; null if this build keeps none} */
    @Nullable
    Path file() {
        return file;
    }

    /** Records what the rules found, once the build has written something. */
    void keep(LayoutReport report) {
        try {
            if (file != null) {
                report.writeCleanFiles(file);
            }
        } catch (IOException e) {
            // The image is whole; all that is lost is time in the next build.
            return;
        }
    }
}
