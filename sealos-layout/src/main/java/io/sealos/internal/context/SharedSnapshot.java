package io.sealos.internal.context;

import io.sealos.internal.files.FileSnapshot;
import io.sealos.layout.ClusterImageLayout;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Passes the snapshot of a build's files to a layout. Snapshots are not part of the public API, so
 * {@link ClusterImageLayout} has no method that takes one: it installs the operation here when its class is
 * initialized, as classes of the JDK do with {@code SharedSecrets}.
 */
public final class SharedSnapshot {
    private static volatile @Nullable BiFunction<ClusterImageLayout, FileSnapshot, ClusterImageLayout> sharing;

    private SharedSnapshot() {}

    /** Installs the operation; for {@link ClusterImageLayout} only. */
    public static void install(BiFunction<ClusterImageLayout, FileSnapshot, ClusterImageLayout> operation) {
        sharing = operation;
    }

    /**
     * {@return the layout with the files of the snapshot} An entry that is not in the snapshot yet is read when a rule
     * requests it, and is kept in the snapshot. Without a snapshot, each validation reads the directory anew.
     *
     * @param layout a layout of the directory
     * @param context the snapshot of that directory
     */
    public static ClusterImageLayout share(ClusterImageLayout layout, FileSnapshot context) {
        return Objects.requireNonNull(sharing).apply(layout, context);
    }
}
