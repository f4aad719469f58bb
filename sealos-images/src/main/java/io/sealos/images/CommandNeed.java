package io.sealos.images;

import java.util.Objects;
import java.util.Optional;

/**
 * A file or address that a command of the image, or of a script that it runs, cannot do without. Immutable and
 * thread-safe.
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
     * {@return the need of an address, at which a site without a network has nothing}
     *
     * @param file the file in which the command stands, relative to the context directory and with slashes
     * @param line its 1-based line, or 0 where it has none
     * @param address the address as the command has it
     */
    public static CommandNeed ofAddress(String file, int line, String address) {
        return new CommandNeed(file, line, address, "", false, "");
    }

    /**
     * {@return the need of a file or directory that the image has}
     *
     * @param file the file in which the command stands, relative to the context directory and with slashes
     * @param line its 1-based line, or 0 where it has none
     * @param name the path as the command has it
     * @param path the path in the image, relative to its root and with slashes
     * @param source the path in the context directory that a COPY brings it from; empty for a directory of several
     *     sources
     */
    public static CommandNeed ofFile(String file, int line, String name, String path, Optional<String> source) {
        return new CommandNeed(file, line, name, path, true, source.orElse(""));
    }

    /**
     * {@return the need of a file or directory that no COPY brings}
     *
     * @param file the file in which the command stands, relative to the context directory and with slashes
     * @param line its 1-based line, or 0 where it has none
     * @param name the path as the command has it
     * @param path the path in the image, relative to its root and with slashes
     */
    public static CommandNeed ofMissingFile(String file, int line, String name, String path) {
        return new CommandNeed(file, line, name, path, false, "");
    }

    /** {@return the file in which the command stands, relative to the context directory and with slashes} */
    public String file() {
        return file;
    }

    /** {@return its 1-based line, or 0 where it has none; for a command of the build file, that of the instruction} */
    public int line() {
        return line;
    }

    /** {@return the path or address as the command has it} */
    public String name() {
        return name;
    }

    /** {@return the path in the image, relative to its root and with slashes; empty for an address} */
    public Optional<String> path() {
        return Optional.of(path).filter(it -> !it.isEmpty());
    }

    /** {@return whether the image has the file or directory; ignore files are not looked at} */
    public boolean isThere() {
        return there;
    }

    /** {@return the path in the context directory that it comes from; empty if there is none or several} */
    public Optional<String> source() {
        return Optional.of(source).filter(it -> !it.isEmpty());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CommandNeed that
                && toString().equals(that.toString())
                && path.equals(that.path)
                && there == that.there
                && source.equals(that.source);
    }

    @Override
    public int hashCode() {
        return Objects.hash(file, line, name);
    }

    /** {@return file, line and name as compilers write them} */
    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line : "") + ": " + name;
    }
}
