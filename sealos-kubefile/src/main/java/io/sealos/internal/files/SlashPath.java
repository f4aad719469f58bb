package io.sealos.internal.files;

import java.nio.file.FileSystem;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Paths that Kubefiles, commands and kustomizations name. They have the form of Linux on every machine. */
public final class SlashPath {
    private static final String BACKSLASH = "\\";

    private SlashPath() {}

    /**
     * {@return the path of a file system for a text with slashes}
     *
     * @throws InvalidPathException if no file of the file system has such a path; on Windows also if the text contains
     *     a backslash or a colon, which are parts of names on Linux, and separate names and drives there
     */
    public static Path of(FileSystem system, String text) {
        if (system.getSeparator().equals(BACKSLASH) && (text.contains(BACKSLASH) || text.contains(":"))) {
            throw new InvalidPathException(text, "no name of a file on Windows has a backslash or a colon");
        }
        return system.getPath(text);
    }
}
