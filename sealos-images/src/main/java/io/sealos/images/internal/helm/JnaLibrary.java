package io.sealos.images.internal.helm;

import com.sun.jna.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * JNA's own native part, in the directory where it looks first. If it unpacked it itself, it would name it at random,
 * for which Java starts its cryptography.
 */
final class JnaLibrary {
    private JnaLibrary() {}

    /** Its name as a resource. */
    static String resource() {
        return "com/sun/jna/" + Platform.RESOURCE_PREFIX + "/" + file();
    }

    private static String file() {
        return System.mapLibraryName("jnidispatch").replace(".dylib", ".jnilib");
    }

    /** Without it for this system, JNA says so in its own words. */
    static void unpack(Path directory) throws IOException {
        try (InputStream in = Platform.class.getResourceAsStream("/" + resource())) {
            if (in != null) {
                Files.copy(in, directory.resolve(file()), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (AccessDeniedException e) {
            // Windows replaces none that an earlier child, which is ending, has loaded: it is the same.
            return;
        }
    }
}
