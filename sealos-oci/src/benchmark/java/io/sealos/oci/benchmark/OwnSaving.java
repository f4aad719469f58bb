package io.sealos.oci.benchmark;

import io.sealos.oci.ClusterImage;
import io.sealos.oci.RegistryAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Saves images with this project: of a host, those that the other arguments name, into {@code registry/} here. */
final class OwnSaving {
    private OwnSaving() {}

    public static void main(String[] arguments) throws IOException {
        String host = arguments[0];
        List<String> names = List.of(arguments).subList(1, arguments.length);
        Path context = Files.createDirectories(Path.of("context"));
        Files.writeString(context.resolve("Kubefile"), "FROM scratch\nCOPY registry registry\n");
        Files.write(Files.createDirectories(context.resolve("images/shim")).resolve("list"), names);
        ClusterImage.builder()
                .context(context)
                .contentStore(Path.of("store"))
                .registryAccess(RegistryAccess.builder()
                        .loginFiles(false)
                        .plainHttp(host)
                        .build())
                .platform("linux/amd64")
                .build()
                .saveRegistry(Path.of("registry"));
    }
}
