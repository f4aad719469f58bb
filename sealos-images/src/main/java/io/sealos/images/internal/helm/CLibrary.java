package io.sealos.images.internal.helm;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The C library of a process. */
final class CLibrary {
    private CLibrary() {}

    /** {@return whether this process runs with musl, the C library of Alpine Linux} */
    static boolean isMusl() {
        return isMusl(Path.of("/proc/self/maps"));
    }

    /**
     * {@return whether a process runs with musl}
     *
     * @param maps the list of the files that the process has mapped, in the format of {@code /proc/PID/maps}; if it
     *     cannot be read, as on other systems than Linux, the process counts as one without musl
     */
    static boolean isMusl(Path maps) {
        try (BufferedReader lines = Files.newBufferedReader(maps, StandardCharsets.ISO_8859_1)) {
            String line = lines.readLine();
            while (line != null && !isMuslFile(line.substring(line.lastIndexOf('/') + 1))) {
                line = lines.readLine();
            }
            return line != null;
        } catch (IOException e) {
            return false;
        }
    }

    // The loader is the library. Alpine gives the file the name of the loader, Debian and Void that of the library.
    // The names of the GNU library have a version: libc.so.6, libc-2.31.so.
    private static boolean isMuslFile(String name) {
        return name.startsWith("ld-musl-")
                || name.startsWith("libc.musl-")
                || name.equals("libc.so")
                || name.equals("libc.so (deleted)");
    }
}
