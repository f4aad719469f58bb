package io.sealos.oci.internal.tree;

import io.sealos.internal.files.FileSnapshot;
import io.sealos.internal.files.FileState;
import io.sealos.internal.files.UnlinkedFile;
import io.sealos.oci.internal.read.ExtendedAttributes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The content of a file of the context. Instances are small, because there may be very many. Two instances are equal if
 * they are of the same file.
 */
final class DiskContent implements Content {
    private final FileSnapshot entry;
    private final DiskReader reader;

    DiskContent(FileSnapshot entry, DiskReader reader) {
        this.entry = entry;
        this.reader = reader;
    }

    Path file() {
        return entry.path();
    }

    @Override
    public long size() {
        return entry.size();
    }

    @Override
    public InputStream open() throws IOException {
        checkIsFile();
        // The file may have been replaced by a link, which must not lead out of the context.
        return UnlinkedFile.open(file());
    }

    void checkIsFile() throws IOException {
        DiskReader.checkKind(entry);
    }

    @Override
    public boolean hasChanged() throws IOException {
        Optional<FileState> state = entry.state();
        return state.isPresent() && timeOfChange() != state.get().changed();
    }

    /**
     * Returns the time of the last status change, which increases with every write and is different for another file at
     * the same path.
     */
    private long timeOfChange() throws IOException {
        try {
            Object time = Files.getAttribute(file(), "unix:ctime", LinkOption.NOFOLLOW_LINKS);
            return time instanceof FileTime changed ? changed.to(TimeUnit.NANOSECONDS) : -1;
        } catch (NoSuchFileException e) {
            return -1;
        }
    }

    @Override
    public @Nullable String identity() {
        return entry.settledState().map(FileState::toString).orElse(null);
    }

    @Override
    public String place() {
        return entry.toString();
    }

    @Override
    public ExtendedAttributes extendedAttributes() throws IOException {
        return reader.extendedAttributes(entry);
    }

    @Override
    public @Nullable Object linkIdentity() {
        return entry.links() > 1
                ? entry.state().map(it -> it.device() + ":" + it.inode()).orElse(null)
                : null;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DiskContent that
                && size() == that.size()
                && file().equals(that.file())
                && Objects.equals(identity(), that.identity());
    }

    @Override
    public int hashCode() {
        return file().hashCode();
    }
}
