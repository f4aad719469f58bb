package io.sealos.layout;

import io.sealos.internal.files.FileSnapshot;
import io.sealos.internal.files.FileState;
import io.sealos.kubefile.SourceRange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A file, directory or link of a context directory. Its content is read on demand, at most {@link #LONGEST_TEXT} bytes,
 * and never through a link that leads out of the directory.
 *
 * <p>Not thread-safe.
 *
 * @since 0.1.0
 */
public final class ContextFile {
    /** The kinds of entries of a directory. */
    public enum Kind {
        /** A regular file. */
        FILE,
        /** A directory. */
        DIRECTORY,
        /** A symbolic link, regardless of its target. */
        LINK,
        /** A socket, a device, a named pipe, or a file whose attributes cannot be read. */
        OTHER
    }

    /** The largest size in bytes of a file that is read as text. */
    public static final int LONGEST_TEXT = 1024 * 1024;

    private static final int HEAD = 4096;
    private static final int LONGEST_LINE = 4096;

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

    /** {@return the layout to which the file belongs} */
    public ClusterImageLayout layout() {
        return layout;
    }

    /** {@return the path relative to the context directory, with slashes; {@code .} for the directory itself} */
    public String path() {
        return path;
    }

    /** {@return the last element of the path} */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /**
     * {@return the path of the file in its file system} It is read with {@link java.nio.file.Files}; like
     * {@link ClusterImageLayout#directory}, it may be a path of a file system of this library.
     */
    public Path toPath() {
        return entry.path();
    }

    /** {@return the kind of the entry; links are not followed} */
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

    /** {@return the size in bytes; 0 if it cannot be read} */
    public long size() {
        return entry.size();
    }

    /**
     * {@return the permission bits, including the setuid, setgid and sticky bits; empty if the file system has none}
     */
    public OptionalInt mode() {
        return entry.mode();
    }

    /** {@return the number of failed reads of this file and of those before it in the walk} */
    int failedReads() {
        return buffer.failures();
    }

    /** {@return the state of a regular file; empty if the state cannot show whether the file changes} */
    Optional<FileState> settledState() {
        return isFile() ? entry.settledState() : Optional.empty();
    }

    /** {@return the first bytes, at most 4096; an empty array if they cannot be read} */
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
     * {@return the bytes in a read-only buffer; an empty buffer if there are more than {@link #LONGEST_TEXT}, or if
     * they cannot be read} The buffer is valid until the check returns.
     */
    public ByteBuffer bytes() {
        return whole().asReadOnlyBuffer();
    }

    /** {@return the text; empty if the file is larger than {@link #LONGEST_TEXT}, cannot be read or is binary} */
    public Optional<String> text() {
        if (!textRead) {
            text = isText() ? StandardCharsets.UTF_8.decode(whole()).toString() : null;
            textRead = true;
        }
        return Optional.ofNullable(text);
    }

    /** {@return the lines of the text as ranges; a line is cut after 4096 characters; empty if there is no text} */
    public List<SourceRange> lines() {
        List<SourceRange> lines = new ArrayList<>();
        for (String line : (Iterable<String>) text().orElse("").lines()::iterator) {
            String kept = line.substring(0, Math.min(LONGEST_LINE, line.length()));
            lines.add(SourceRange.inLine(path, lines.size() + 1, kept, 0, kept.length()));
        }
        return lines;
    }

    /** {@return the entries of a directory, sorted by name; empty if it is not a directory or cannot be read} */
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

    /** Releases the memory of the content when a walk leaves the file. */
    void release() {
        text = null;
        textRead = false;
        children = null;
    }

    private boolean isText() {
        ByteBuffer head = whole();
        head.limit(Math.min(HEAD, head.limit()));
        return isShort()
                && !buffer.hasFailed()
                && StandardCharsets.ISO_8859_1.decode(head).toString().indexOf(0) < 0;
    }

    private boolean isShort() {
        return isFile() ? size() <= LONGEST_TEXT : leadsToFile();
    }

    private ByteBuffer whole() {
        return isShort() ? buffer.start(this, LONGEST_TEXT) : ByteBuffer.allocate(0);
    }

    /** {@return whether it is a link to a short file within the directory} */
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
