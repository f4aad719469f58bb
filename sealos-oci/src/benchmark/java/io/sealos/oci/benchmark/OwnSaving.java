package io.sealos.oci.benchmark;

import io.sealos.oci.ClusterImage;
import io.sealos.oci.RegistryAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Saves images with this project: of a host, those that the other arguments name, into {@code registry/} here; and with
 * the property {@code calls} so often, each time from the beginning, saying the seconds of the last call.
 */
final class OwnSaving {
    private OwnSaving() {}

    public static void main(String[] arguments) throws IOException {
        String host = arguments[0];
        List<String> names = List.of(arguments).subList(1, arguments.length);
        int calls = Integer.getInteger("calls", 1);
        double seconds = 0;
        for (int call = 0; call < calls; call++) {
            Path directory = Files.createDirectories(Path.of("call-" + call));
            long start = System.nanoTime();
            save(host, names, directory);
            seconds = (System.nanoTime() - start) / 1e9;
            if (call + 1 < calls) {
                Run.delete(directory);
            }
        }
        System.out.println(seconds);
    }

    private static void save(String host, List<String> names, Path directory) throws IOException {
        Path context = Files.createDirectories(directory.resolve("context"));
        Files.writeString(context.resolve("Kubefile"), "FROM scratch\nCOPY registry registry\n");
        Files.write(Files.createDirectories(context.resolve("images/shim")).resolve("list"), names);
        ClusterImage.builder()
                .context(context)
                .contentStore(directory.resolve("store"))
                .registryAccess(RegistryAccess.builder()
                        .loginFiles(false)
                        .plainHttp(host)
                        .build())
                .platform("linux/amd64")
                .build()
                .saveRegistry(directory.resolve("registry"));
    }
}
