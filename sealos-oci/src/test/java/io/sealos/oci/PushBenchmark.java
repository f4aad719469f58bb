package io.sealos.oci;

import io.sealos.oci.peers.DistributionServer;
import io.sealos.oci.peers.Tools;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Pushes one layer of 1.2 GB to the distribution registry on the loopback address, and lets {@code curl -T} send the
 * same file to it. The layer was made before, so that both only send.
 */
final class PushBenchmark {
    private static final int MEGABYTES = 1200;
    private static final int ROUNDS = 3;

    private final Path work;
    private final PrintStream out;

    private PushBenchmark(Path work, PrintStream out) {
        this.work = work;
        this.out = out;
    }

    /** Takes an empty folder with 10 GB to spare. */
    public static void main(String[] arguments) throws Exception {
        Path work = Files.createDirectories(Path.of(arguments[0])).toAbsolutePath();
        new PushBenchmark(work, new PrintStream(System.out, true, StandardCharsets.UTF_8)).run();
    }

    private void run() throws Exception {
        writeContext();
        try (DistributionServer server = start("first")) {
            push(server);
        }
        for (int round = 1; round <= ROUNDS; round++) {
            try (DistributionServer server = start("storage-" + round)) {
                measure("this library", () -> push(server), PushBenchmark::ownCpu);
                measure("curl -T", () -> curl(server), () -> Duration.ZERO);
            }
        }
        String peak = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .findFirst()
                .orElse("");
        out.println("at most " + (Runtime.getRuntime().maxMemory() >> 20) + " MB of heap, " + peak);
    }

    private void measure(String title, Work work, Cpu cpu) throws Exception {
        Duration before = cpu.used();
        long begin = System.nanoTime();
        String more = work.run();
        double seconds = (System.nanoTime() - begin) / 1e9;
        out.printf(
                "%s: %.2f s, cpu %.2f s %s%n",
                title, seconds, cpu.used().minus(before).toMillis() / 1e3, more);
    }

    private static Duration ownCpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private String push(DistributionServer server) throws IOException {
        ClusterImage.builder()
                .context(work.resolve("context"))
                .saveImages(false)
                .compression(LayerCompression.NONE)
                .contentStore(work.resolve("store"))
                .registryAccess(RegistryAccess.builder()
                        .loginFiles(false)
                        .endpoint("hub.example", URI.create("http://" + server.host()))
                        .build())
                .build()
                .writeTo(RegistryImage.of("hub.example/team/app:1"));
        return "";
    }

    /** Sends the layer to another repository, as the registry's own clients do; what the shell says of the time. */
    private String curl(DistributionServer server) throws IOException, InterruptedException {
        Path layer;
        try (Stream<Path> kept = Files.walk(work.resolve("store/outgoing"))) {
            layer = kept.filter(file -> file.toFile().length() > MEGABYTES)
                    .max(Comparator.comparingLong(file -> file.toFile().length()))
                    .orElseThrow();
        }
        String script = "location=$(curl -sS -i -X POST http://" + server.host()
                + "/v2/by/curl/blobs/uploads/ | tr -d '\\r' | sed -n 's/^[Ll]ocation: //p') && curl -sS -f -T " + layer
                + " \"$location&digest=sha256:" + layer.getFileName() + "\" && times";
        return new String(Tools.run(work, "sh", "-c", script), StandardCharsets.UTF_8)
                .strip()
                .replace('\n', ' ');
    }

    private DistributionServer start(String storage) throws IOException, InterruptedException {
        return DistributionServer.start(work, work.resolve(storage), "", "");
    }

    private void writeContext() throws IOException {
        Path context = Files.createDirectories(work.resolve("context"));
        Files.writeString(context.resolve("Kubefile"), "FROM scratch\nCOPY large large\n");
        byte[] noise = new byte[1 << 20];
        Random random = new Random(1);
        try (OutputStream large = Files.newOutputStream(context.resolve("large"))) {
            for (int i = 0; i < MEGABYTES; i++) {
                random.nextBytes(noise);
                large.write(noise);
            }
        }
    }

    private interface Work {
        String run() throws Exception;
    }

    private interface Cpu {
        Duration used();
    }
}
