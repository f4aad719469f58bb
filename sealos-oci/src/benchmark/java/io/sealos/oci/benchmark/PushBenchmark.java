package io.sealos.oci.benchmark;

import io.sealos.oci.peers.DistributionServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Sends one layer of 1.2 GB to the distribution registry on the loopback address, by {@code curl -T} and by this
 * library in turn, each as a process of its own with an empty registry, and prints every run. The layer was made
 * before, so that all only send. Arguments: a directory with 6 GB to spare, and the number of rounds.
 */
final class PushBenchmark {
    private static final int MEGABYTES = 1200;

    private final Path work;
    private final Path context;
    private final Path store;

    private PushBenchmark(Path work) {
        this.work = work;
        this.context = work.resolve("context");
        this.store = work.resolve("store");
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        PushBenchmark benchmark =
                new PushBenchmark(Files.createDirectories(Path.of(arguments[0])).toAbsolutePath());
        benchmark.makeLayer();
        System.out.printf("%-32s %8s %8s %9s %10s%n", "", "wall s", "cpu s", "peak MiB", "to curl");
        for (int round = 0; round < Integer.parseInt(arguments[1]); round++) {
            benchmark.compare();
        }
    }

    private void compare() throws IOException, InterruptedException {
        Run curl = withServer(server -> measure(curl(server)));
        print("curl -T", curl, curl);
        print("sealos-oci -Xmx64m", withServer(server -> measure(own(server))), curl);
        print("the same, second push of a JVM", second(), curl);
    }

    private static void print(String name, Run run, Run curl) {
        System.out.printf("%-32s %8.2f %8.2f %9d %10.2f%n", name, run.wall(), run.cpu(), run.peakMebibytes(), run.wall() / curl.wall());
    }

    /** Two pushes by one process, each to a registry of its own; the seconds are those of the second. */
    private Run second() throws IOException, InterruptedException {
        Run both = withServer(one -> withServer(two -> measure(own(one, two))));
        double seconds = Double.parseDouble(Files.readString(work.resolve("seconds")));
        return new Run(seconds, both.cpu() / 2, both.peakMebibytes(), "");
    }

    private Run measure(List<String> command) throws IOException, InterruptedException {
        OwnPush.sync();
        Run run = Run.of(command, work.resolve("run"));
        if (run == null) {
            throw new IOException(command.get(0) + " is not installed");
        }
        return run;
    }

    private List<String> own(DistributionServer... servers) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                OwnPush.class.getName(),
                context.toString(),
                store.toString(),
                work.resolve("seconds").toString()));
        for (DistributionServer server : servers) {
            command.add("http://" + server.host());
        }
        return command;
    }

    /** Returns a command that starts an upload and sends the blob to the returned address, as other clients do. */
    private List<String> curl(DistributionServer server) throws IOException {
        Path layer = layer();
        String script = "location=$(curl -sS -i -X POST http://" + server.host()
                + "/v2/by/curl/blobs/uploads/ | tr -d '\\r' | sed -n 's/^[Ll]ocation: //p') && curl -sS -f -T " + layer
                + " \"$location&digest=sha256:" + layer.getFileName() + "\"";
        return List.of("sh", "-c", script);
    }

    private void makeLayer() throws IOException, InterruptedException {
        Files.createDirectories(context);
        Files.writeString(context.resolve("Kubefile"), "FROM scratch\nCOPY large large\n");
        byte[] noise = new byte[1 << 20];
        Random random = new Random(1);
        try (OutputStream large = Files.newOutputStream(context.resolve("large"))) {
            for (int i = 0; i < MEGABYTES; i++) {
                random.nextBytes(noise);
                large.write(noise);
            }
        }
        withServer(server -> measure(own(server)));
    }

    /** The one that the library keeps for the next push. */
    private Path layer() throws IOException {
        try (Stream<Path> kept = Files.walk(store.resolve("outgoing"))) {
            return kept.filter(Files::isRegularFile)
                    .max(Comparator.comparingLong(file -> file.toFile().length()))
                    .orElseThrow();
        }
    }

    private <T> T withServer(Work<T> task) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory(work, "registry");
        try (DistributionServer server = DistributionServer.start(directory, directory.resolve("storage"), "", "")) {
            return task.with(server);
        } finally {
            Run.delete(directory);
        }
    }

    private interface Work<T> {
        T with(DistributionServer server) throws IOException, InterruptedException;
    }
}
