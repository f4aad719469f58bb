package io.sealos.oci;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Adds archives, for Jazzer: a build of one is refused with a reason, or gives a sound layout. */
public final class ArchiveFuzzer {
    private ArchiveFuzzer() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        Path directory = Files.createTempDirectory("fuzz");
        try {
            Path context = Files.createDirectory(directory.resolve("context"));
            Files.write(context.resolve("a.tar"), input);
            Files.writeString(context.resolve("Kubefile"), "FROM scratch\nADD a.tar /x/\n");
            build(context, directory.resolve("layout"), directory.resolve("store"));
        } finally {
            LayoutFuzzer.delete(directory);
        }
    }

    private static void build(Path context, Path layout, Path store) {
        try {
            ClusterImage.builder()
                    .context(context)
                    .saveImages(false)
                    .contentStore(store)
                    .build()
                    .writeTo(OciLayout.directory(layout));
        } catch (IOException | BuildRefusedException e) {
            if (String.valueOf(e.getMessage()).indexOf('\u001b') >= 0) {
                throw new AssertionError("a control character in a message", e);
            }
            return;
        }
        OciLayoutVerifier.verify(layout).orThrow();
    }
}
