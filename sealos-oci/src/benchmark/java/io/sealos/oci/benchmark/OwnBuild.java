package io.sealos.oci.benchmark;

import io.sealos.oci.ClusterImage;
import io.sealos.oci.OciLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** Builds with this project; given {@code rebuild}, twice more: with nothing changed, and with a chart edited. */
final class OwnBuild {
    private OwnBuild() {}

    public static void main(String[] arguments) throws IOException {
        Path context = Path.of(arguments[0]);
        Path output = Path.of(arguments[1]);
        boolean rebuild = List.of(arguments).contains("rebuild");
        long first = build(context, output);
        if (rebuild) {
            report("nothing changed", build(context, output), first);
            edit(context.resolve("charts"));
            report("a chart edited", build(context, output), first);
        }
    }

    private static long build(Path context, Path output) throws IOException {
        long start = System.nanoTime();
        ClusterImage.builder()
                .context(context)
                .contentStore(output.resolveSibling("store"))
                .tag("registry.example/benchmark:1")
                .saveImages(false)
                .build()
                .writeTo(OciLayout.directory(output));
        return System.nanoTime() - start;
    }

    private static void report(String what, long nanos, long first) {
        System.out.printf("%-28s %6.2f s %26.1f %% of the first build%n", what, nanos / 1e9, 100.0 * nanos / first);
    }

    private static void edit(Path charts) throws IOException {
        try (Stream<Path> files = Files.walk(charts)) {
            Path file = files.filter(Files::isRegularFile).sorted().findFirst().orElseThrow();
            Files.writeString(file, "edited = true\n", StandardOpenOption.APPEND);
        }
    }
}
