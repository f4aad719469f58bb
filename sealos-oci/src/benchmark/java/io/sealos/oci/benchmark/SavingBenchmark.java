package io.sealos.oci.benchmark;

import io.sealos.oci.peers.DistributionServer;
import io.sealos.oci.peers.TcpRelay;
import io.sealos.oci.peers.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Saves 20 images that share layers, see {@link SavingStorage}, from the distribution registry on the loopback address,
 * and lets {@code skopeo copy} do the same one after the other, each as a process of its own into empty folders: at
 * once, and through a relay that makes each request take 20 ms longer. At the end one image with a layer of 1 GB.
 * Arguments: a folder with 5 GB to spare, and the number of rounds. It needs {@code /usr/bin/time}.
 */
final class SavingBenchmark {
    private static final int IMAGES = 20;

    private final Path folder;
    private final int rounds;

    private SavingBenchmark(Path folder, int rounds) {
        this.folder = folder;
        this.rounds = rounds;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        for (String tool : List.of("skopeo", "docker-registry")) {
            if (!Tools.isInstalled(tool)) {
                System.out.println("nothing is measured: " + tool + " is not there");
                return;
            }
        }
        Path folder = Files.createDirectories(Path.of(arguments[0]).toAbsolutePath());
        new SavingBenchmark(folder, Integer.parseInt(arguments[1])).run();
    }

    private void run() throws IOException, InterruptedException {
        Path storage = folder.resolve("storage");
        if (!Files.exists(storage)) {
            Path incomplete = folder.resolve("storage.incomplete");
            new SavingStorage(incomplete).make(IMAGES);
            Files.move(incomplete, storage);
        }
        System.out.printf("%-32s %8s %8s %9s %8s%n", "", "wall s", "cpu s", "peak MiB", "faster");
        try (DistributionServer server = DistributionServer.start(folder, storage, "", "")) {
            for (String kind : List.of("gzip", "plain")) {
                compare(kind, server.host(), kind);
                try (TcpRelay relay = TcpRelay.to(server.port(), Duration.ofMillis(20))) {
                    compare(kind + " + 20 ms", relay.host(), kind);
                }
            }
            print("a layer of 1 GB: sealos-oci", measure(own(server.host(), List.of("large"))), null);
        }
    }

    private void compare(String title, String host, String kind) throws IOException, InterruptedException {
        List<String> images =
                IntStream.range(0, IMAGES).mapToObj(image -> kind + image).toList();
        for (int round = 1; round <= rounds; round++) {
            Run skopeo = measure(skopeo(host, images));
            print(title + ", " + round + ": skopeo copy", skopeo, null);
            print(title + ", " + round + ": sealos-oci", measure(own(host, images)), skopeo);
        }
    }

    private Run measure(List<String> command) throws IOException, InterruptedException {
        Run run = Run.of(command, folder.resolve("run"));
        if (run == null) {
            throw new IOException(command.get(0) + " is not there");
        }
        return run;
    }

    private static List<String> skopeo(String host, List<String> images) {
        String copy = "for i in " + String.join(" ", images) + "; do skopeo copy -q --src-tls-verify=false"
                + " docker://" + host + "/$i:1 oci:copied:$i || exit 1; done";
        return List.of("sh", "-c", copy);
    }

    private static List<String> own(String host, List<String> images) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx64m", "-cp", System.getProperty("java.class.path"), OwnSaving.class.getName()));
        command.add(host);
        images.forEach(image -> command.add(host + "/" + image + ":1"));
        return command;
    }

    private static void print(String title, Run run, @Nullable Run slower) {
        System.out.printf("%-32s %8.2f %8.2f %9d", title, run.wall(), run.cpu(), run.peakMebibytes());
        System.out.println(slower == null ? "" : String.format(" %8.1f", slower.wall() / run.wall()));
    }
}
