package io.sealos.layout;

import io.sealos.internal.files.FileSnapshot;
import io.sealos.internal.files.FileState;
import io.sealos.kubefile.SourceRange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file, directory or link of a context directory. What it has is read when it is asked for, never more than
 * {@link #LONGEST_TEXT}, and nothing through a link that leads out of the directory.
 *
 * <p>Not thread-safe.
 */
public final class ContextFile {
    /** What an entry of a directory is. */
    public enum Kind {
        /** A regular file. */
        FILE,
        /** A directory. */
        DIRECTORY,
        /** A symbolic link, wherever it leads. */
        LINK,
        /** A socket, a device, a named pipe, or what cannot be looked at. */
        OTHER
    }

    /** The size in bytes up to which a file is taken for a text that somebody wrote. */
    public static final int LONGEST_TEXT = 1024 * 1024;

    private static final int HEAD = 4096;
    private static final int LONGEST_LINE = 4096;
    private static final List<PosixFilePermission> BY_BIT = List.of(
            PosixFilePermission.OTHERS_EXECUTE,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.OWNER_EXECUTE,
            PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.OWNER_READ);

    private final ClusterImageLayout layout;
    private final FileSnapshot entry;
    private final String path;
    private final FileBuffer buffer;
    private @Nullable String text;
    private boolean textRead;
    private @Nullable List<ContextFile> children;

    ContextFile(ClusterImageLayout layout, FileSnapshot entry, String path) {
        this(layout, entry, path, new FileBuffer());
    }

    private ContextFile(ClusterImageLayout layout, FileSnapshot entry, String path, FileBuffer buffer) {
        this.layout = layout;
        this.entry = entry;
        this.path = path;
        this.buffer = buffer;
    }

    /** {@return the layout that the file is part of} */
    public ClusterImageLayout layout() {
        return layout;
    }

    /** {@return the path relative to the context directory, with slashes; {@code .} for the directory itself} */
    public String path() {
        return path;
    }

    /** {@return the last name of the path} */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** {@return the file on disk} */
    public Path toPath() {
        return entry.path();
    }

    /** {@return what it is; links are not followed} */
    public Kind kind() {
        return switch (entry.kind()) {
            case FILE -> Kind.FILE;
            case DIRECTORY -> Kind.DIRECTORY;
            case LINK -> Kind.LINK;
            default -> Kind.OTHER;
        };
    }

    /** {@return whether it is a regular file} */
    public boolean isFile() {
        return kind() == Kind.FILE;
    }

    /** {@return the size in bytes; 0 where it cannot be told} */
    public long size() {
        return entry.size();
    }

    /** {@return the permission bits with setuid, setgid and sticky; nothing where the file system has none} */
    public OptionalInt mode() {
        return entry.mode();
    }

    /** {@return the permissions; nothing where the file system has none} */
    public Optional<Set<PosixFilePermission>> permissions() {
        return entry.mode().isEmpty()
                ? Optional.empty()
                : Optional.of(permissions(entry.mode().getAsInt()));
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (int bit = 0; bit < BY_BIT.size(); bit++) {
            if ((mode & (1 << bit)) != 0) {
                permissions.add(BY_BIT.get(bit));
            }
        }
        return permissions;
    }

    /** How often this file, or one that was shown before it, could not be read. */
    int failedReads() {
        return buffer.failures();
    }

    /** Where it is a file, its state, if that tells whether it changes. */
    Optional<FileState> settledState() {
        return isFile() ? entry.settledState() : Optional.empty();
    }

    /** {@return the first bytes, at most 4096; none where they cannot be read} */
    public byte[] head() {
        if (!isFile() && !leadsToFile()) {
            return new byte[0];
        }
        ByteBuffer read = buffer.start(this, HEAD);
        byte[] head = new byte[Math.min(HEAD, read.remaining())];
        read.get(head);
        return head;
    }

    /**
     * {@return the bytes, read-only, until a check is shown the next file; none where they are more than
     * {@link #LONGEST_TEXT} or cannot be read}
     */
    public ByteBuffer bytes() {
        return whole().asReadOnlyBuffer();
    }

    /** {@return the text; nothing where it is longer than {@link #LONGEST_TEXT}, cannot be read or is no text} */
    public Optional<String> text() {
        if (!textRead) {
            text = isText() ? StandardCharsets.UTF_8.decode(whole()).toString() : null;
            textRead = true;
        }
        return Optional.ofNullable(text);
    }

    /**
     * {@return the lines of the text, each as the place where it stands; of a line longer than 4096 characters what
     * comes first}
     */
    public List<SourceRange> lines() {
        List<SourceRange> lines = new ArrayList<>();
        for (String line : (Iterable<String>) text().orElse("").lines()::iterator) {
            String kept = line.substring(0, Math.min(LONGEST_LINE, line.length()));
            lines.add(SourceRange.inLine(path, lines.size() + 1, kept, 0, kept.length()));
        }
        return lines;
    }

    /** {@return the names in a directory, in their order; none where it is no directory or cannot be read} */
    public List<String> entries() {
        return children().stream().map(ContextFile::name).toList();
    }

    /** {@return what a directory has, in the order of the names; nothing where it is no directory or cannot be read} */
    public List<ContextFile> children() {
        List<ContextFile> known = children;
        if (known == null) {
            known = kind() == Kind.DIRECTORY ? list() : List.of();
            children = known;
        }
        return known;
    }

    private List<ContextFile> list() {
        String prefix = path.equals(".") ? "" : path + "/";
        List<ContextFile> all = new ArrayList<>();
        try {
            for (FileSnapshot one : layout.entries(entry)) {
                all.add(new ContextFile(layout, one, prefix + one.name(), buffer));
            }
            return all;
        } catch (IOException e) {
            return List.of(); // The rule file-unusable reports it.
        }
    }

    /** Lets go of what was read, as a walk does when it leaves. */
    void release() {
        text = null;
        textRead = false;
        children = null;
    }

    private boolean isText() {
        ByteBuffer head = whole();
        head.limit(Math.min(HEAD, head.limit()));
        return isShort() && StandardCharsets.ISO_8859_1.decode(head).toString().indexOf(0) < 0;
    }

    private boolean isShort() {
        return isFile() ? size() <= LONGEST_TEXT : leadsToFile();
    }

    private ByteBuffer whole() {
        return isShort() ? buffer.start(this, LONGEST_TEXT) : ByteBuffer.allocate(0);
    }

    /** Whether it is a link to a short file within the directory. */
    private boolean leadsToFile() {
        try {
            return kind() == Kind.LINK
                    && layout.isInside(toPath())
                    && Files.isRegularFile(toPath())
                    && Files.size(toPath()) <= LONGEST_TEXT;
        } catch (IOException e) {
            return false;
        }
    }

    /** {@return the path} */
    @Override
    public String toString() {
        return path;
    }
}
