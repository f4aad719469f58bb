package io.sealos.oci.internal.tree;

import io.sealos.oci.internal.read.FileRange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The content of a member of an unpacked archive, which is a range of a file.
 *
 * @param archive the file that is read
 * @param source the original archive, compressed or not
 * @param member the name of the member
 * @param offset the offset of the content in the file
 * @param size the size of the content
 */
record ArchiveContent(Path archive, Content source, String member, long offset, long size) implements Content {
    @Override
    public InputStream open() throws IOException {
        if (source instanceof DiskContent disk && isPartOf(disk)) {
            disk.checkIsFile();
        }
        return FileRange.open(archive, offset, size);
    }

    @Override
    public boolean hasChanged() throws IOException {
        return source instanceof DiskContent disk && isPartOf(disk) && disk.hasChanged();
    }

    /** Returns whether the archive is the original file, and not a decompressed copy. */
    private boolean isPartOf(DiskContent disk) {
        return archive.equals(disk.file());
    }

    @Override
    public @Nullable String identity() throws IOException {
        String identity = source.identity();
        return identity == null ? null : identity + "@" + offset;
    }

    @Override
    public String place() {
        return archive + ":" + member;
    }

    // All names of a member share this object, so they become hard links.
    @Override
    public Object linkIdentity() {
        return this;
    }
}
