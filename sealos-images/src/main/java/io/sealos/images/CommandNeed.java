package io.sealos.images;

import java.util.Objects;
import java.util.Optional;

/**
 * A file or address that is required by a command of the image, or by a script that such a command runs. Immutable and
 * thread-safe.
 *
 * @since 0.1.0
 */
public final class CommandNeed {
    private final String file;
    private final int line;
    private final String name;
    private final String path;
    private final boolean there;
    private final String source;

    private CommandNeed(String file, int line, String name, String path, boolean there, String source) {
        this.file = file;
        this.line = line;
        this.name = name;
        this.path = path;
        this.there = there;
        this.source = source;
    }

    /**
     * {@return a need for an address, which cannot be reached from an air-gapped site}
     *
     * @param file the file that contains the command, relative to the context directory and with slashes
     * @param line the line of the command, from 1, or 0 if it is unknown
     * @param address the address as written in the command
     */
    public static CommandNeed ofAddress(String file, int line, String address) {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(address, "address");
        return new CommandNeed(file, line, address, "", false, "");
    }

    /**
     * {@return a need for a file or directory that the image has}
     *
     * @param file the file that contains the command, relative to the context directory and with slashes
     * @param line the line of the command, from 1, or 0 if it is unknown
     * @param name the path as written in the command
     * @param path the path in the image, relative to its root and with slashes
     * @param source the path in the context directory from which a COPY adds it; empty for a directory that comes from
     *     several sources
     */
    public static CommandNeed ofFile(String file, int line, String name, String path, Optional<String> source) {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(path, "path");
        return new CommandNeed(file, line, name, path, true, source.orElse(""));
    }

    /**
     * {@return a need for a file or directory that no COPY adds to the image}
     *
     * @param file the file that contains the command, relative to the context directory and with slashes
     * @param line the line of the command, from 1, or 0 if it is unknown
     * @param name the path as written in the command
     * @param path the path in the image, relative to its root and with slashes
     */
    public static CommandNeed ofMissingFile(String file, int line, String name, String path) {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(path, "path");
        return new CommandNeed(file, line, name, path, false, "");
    }

    /** {@return this need with files that are relative to another directory, whose path to here is the prefix} */
    CommandNeed within(String prefix) {
        return new CommandNeed(prefix + file, line, name, path, there, source.isEmpty() ? "" : prefix + source);
    }

    /** {@return the file that contains the command, relative to the context directory and with slashes} */
    public String file() {
        return file;
    }

    /**
     * {@return the line of the command, from 1, or 0 if it is unknown; for a command of the build file, the line of the
     * instruction}
     */
    public int line() {
        return line;
    }

    /** {@return the path or address as written in the command} */
    public String name() {
        return name;
    }

    /** {@return the path in the image, relative to its root and with slashes; empty for an address} */
    public Optional<String> path() {
        return Optional.of(path).filter(it -> !it.isEmpty());
    }

    /** {@return whether the image has the file or directory, regardless of ignore files} */
    public boolean isThere() {
        return there;
    }

    /** {@return the path in the context directory from which the file comes; empty if there are none or several} */
    public Optional<String> source() {
        return Optional.of(source).filter(it -> !it.isEmpty());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CommandNeed that
                && file.equals(that.file)
                && line == that.line
                && name.equals(that.name)
                && path.equals(that.path)
                && there == that.there
                && source.equals(that.source);
    }

    @Override
    public int hashCode() {
        return Objects.hash(file, line, name);
    }

    /** {@return the file, line and name in the format of compiler messages} */
    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line : "") + ": " + name;
    }
}
