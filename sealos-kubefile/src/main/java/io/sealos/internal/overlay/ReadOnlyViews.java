package io.sealos.internal.overlay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Views of the attributes of a file that cannot be written to. */
final class ReadOnlyViews {
    private ReadOnlyViews() {}

    /** The view {@code basic}. */
    record Basic(Path path, List<LinkOption> options) implements BasicFileAttributeView {
        @Override
        public String name() {
            return "basic";
        }

        @Override
        public BasicFileAttributes readAttributes() throws IOException {
            return Files.readAttributes(path, BasicFileAttributes.class, options.toArray(LinkOption[]::new));
        }

        @Override
        public void setTimes(
                @Nullable FileTime lastModified, @Nullable FileTime lastAccess, @Nullable FileTime created) {
            throw new ReadOnlyFileSystemException();
        }
    }

    /** The view {@code posix}, or {@code owner}, which is a part of it. */
    record Posix(Path path, List<LinkOption> options, boolean isOwnerView) implements PosixFileAttributeView {
        @Override
        public String name() {
            return isOwnerView ? "owner" : "posix";
        }

        @Override
        public PosixFileAttributes readAttributes() throws IOException {
            return Files.readAttributes(path, PosixFileAttributes.class, options.toArray(LinkOption[]::new));
        }

        @Override
        public UserPrincipal getOwner() throws IOException {
            return readAttributes().owner();
        }

        @Override
        public void setTimes(
                @Nullable FileTime lastModified, @Nullable FileTime lastAccess, @Nullable FileTime created) {
            throw new ReadOnlyFileSystemException();
        }

        @Override
        public void setPermissions(Set<PosixFilePermission> permissions) {
            throw new ReadOnlyFileSystemException();
        }

        @Override
        public void setGroup(GroupPrincipal group) {
            throw new ReadOnlyFileSystemException();
        }

        @Override
        public void setOwner(UserPrincipal owner) {
            throw new ReadOnlyFileSystemException();
        }
    }
}
