package io.sealos.images.internal.helm;

import com.sun.jna.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * JNA's own native part, in the folder where it looks first. If it unpacked it itself, it would name it at random, for
 * which Java starts its cryptography.
 */
final class JnaLibrary {
    private JnaLibrary() {}

    /** Without it for this system, JNA says so in its own words. */
    static void unpack(Path folder) throws IOException {
        String name = System.mapLibraryName("jnidispatch").replace(".dylib", ".jnilib");
        try (InputStream in = Platform.class.getResourceAsStream(Platform.RESOURCE_PREFIX + "/" + name)) {
            if (in != null) {
                Files.copy(in, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (AccessDeniedException e) {
            // Windows replaces none that an earlier child, which is ending, has loaded: it is the same.
            return;
        }
    }
}
