package io.sealos.images.internal.helm;

import com.sun.jna.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The native library of JNA, unpacked into the directory where JNA looks first. If JNA unpacked it, the file would have
 * a random name, for which Java initializes its cryptography in each child process (decision 18).
 */
final class JnaLibrary {
    private JnaLibrary() {}

    /** {@return the name of the resource} */
    static String resource() {
        return "com/sun/jna/" + Platform.RESOURCE_PREFIX + "/" + file();
    }

    private static String file() {
        return System.mapLibraryName("jnidispatch").replace(".dylib", ".jnilib");
    }

    /** Unpacks the library. If there is none for this system, JNA reports it. */
    static void unpack(Path directory) throws IOException {
        try (InputStream in = Platform.class.getResourceAsStream("/" + resource())) {
            if (in != null) {
                Files.copy(in, directory.resolve(file()), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (AccessDeniedException e) {
            // Windows does not replace a file that an earlier child, which is ending, has loaded. It is the same.
            return;
        }
    }
}
