package io.sealos.oci.benchmark;

import io.sealos.oci.ClusterImage;
import io.sealos.oci.LayerCompression;
import io.sealos.oci.RegistryAccess;
import io.sealos.oci.RegistryImage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Pushes one context with this project, to one registry after the other. Arguments: the context, the content store, the
 * file for the seconds that the last push took, and the addresses of the registries.
 */
final class OwnPush {
    private static final int FIRST_ADDRESS = 3;

    private OwnPush() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        for (int i = FIRST_ADDRESS; i < arguments.length; i++) {
            sync();
            long start = System.nanoTime();
            push(Path.of(arguments[0]), Path.of(arguments[1]), URI.create(arguments[i]));
            Files.writeString(Path.of(arguments[2]), String.valueOf((System.nanoTime() - start) / 1e9));
        }
    }

    /** Writes the data of an earlier run to the disk, so the next run does not wait for it. */
    static void sync() throws IOException, InterruptedException {
        new ProcessBuilder("sync").start().waitFor();
    }

    private static void push(Path context, Path store, URI registry) throws IOException {
        ClusterImage.builder()
                .context(context)
                .saveImages(false)
                .compression(LayerCompression.NONE)
                .contentStore(store)
                .registryAccess(RegistryAccess.builder()
                        .loginFiles(false)
                        .endpoint("hub.example", registry)
                        .build())
                .build()
                .writeTo(RegistryImage.of("hub.example/team/app:1"));
    }
}
