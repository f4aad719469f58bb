package io.sealos.internal.overlay;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Compares names with those that a directory lists. The usual file systems of macOS and Windows find a file under names
 * that differ by case or by the Unicode form, which no file has in the image.
 */
final class ExactNames {
    private ExactNames() {}

    /**
     * {@return whether the file system finds the entries of a directory under other names} One entry is looked up with
     * the case of its letters inverted. A directory without letters in its names counts as one that tells case apart.
     */
    static boolean areNeeded(Path directory) throws IOException {
        Set<String> names = names(directory);
        for (String name : names) {
            String other = inverted(name);
            if (!names.contains(other)) {
                return Files.exists(directory.resolve(other), LinkOption.NOFOLLOW_LINKS);
            }
        }
        return false;
    }

    /** {@return whether an existing file has the name with which its path ends; true if there is no such file} */
    static boolean isExact(Path file, String name) throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return true;
        }
        if (!Files.isSymbolicLink(file) && name.equals(name(file.toRealPath()))) {
            return true;
        }
        Path parent = file.getParent();
        return parent == null || names(parent).contains(name);
    }

    private static Set<String> names(Path directory) throws IOException {
        Set<String> names = new LinkedHashSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            entries.forEach(entry -> names.add(name(entry)));
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return names;
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    // Only the letters of ASCII: each file system has its own table for the others.
    private static String inverted(String name) {
        StringBuilder inverted = new StringBuilder(name);
        for (int i = 0; i < name.length(); i++) {
            char letter = (char) (name.charAt(i) | 0x20);
            if (letter >= 'a' && letter <= 'z') {
                inverted.setCharAt(i, (char) (name.charAt(i) ^ 0x20));
            }
        }
        return inverted.toString();
    }
}
