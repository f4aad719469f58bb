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

/**
 * Saves 20 images that share layers, see {@link SavingStorage}, from the distribution registry on the loopback address,
 * and lets {@code skopeo copy} do the same one after the other, each as a process of its own: into a layout, which is
 * the least that it can do, and into a second registry, which gives the same directory as ours and is what sealos does. All
 * of it at once, and through a relay that makes each request take 20 ms longer. Ours is also called five times in one
 * process, as the tools that use it may: the last of these calls is free of Java's start. At the end one image with a
 * layer of 1 GB.
 * Arguments: a directory with 5 GB to spare, and the number of rounds. It needs {@code /usr/bin/time}.
 */
final class SavingBenchmark {
    private static final int IMAGES = 20;
    private static final int CALLS = 5;

    private final Path directory;
    private final int rounds;

    private SavingBenchmark(Path directory, int rounds) {
        this.directory = directory;
        this.rounds = rounds;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        for (String tool : List.of("skopeo", "docker-registry")) {
            if (!Tools.isInstalled(tool)) {
                System.out.println("nothing is measured: " + tool + " is not there");
                return;
            }
        }
        Path directory = Files.createDirectories(Path.of(arguments[0]).toAbsolutePath());
        new SavingBenchmark(directory, Integer.parseInt(arguments[1])).run();
    }

    private void run() throws IOException, InterruptedException {
        Path storage = directory.resolve("storage");
        if (!Files.exists(storage)) {
            Path incomplete = directory.resolve("storage.incomplete");
            new SavingStorage(incomplete).make(IMAGES);
            Files.move(incomplete, storage);
        }
        System.out.printf("%-40s %8s %8s %9s %8s %8s%n", "", "wall s", "cpu s", "peak MiB", "to ours", "to last");
        try (DistributionServer server = DistributionServer.start(directory, storage, "", "")) {
            for (String kind : List.of("gzip", "plain")) {
                compare(kind, server.host(), kind);
                try (TcpRelay relay = TcpRelay.to(server.port(), Duration.ofMillis(20))) {
                    compare(kind + " + 20 ms", relay.host(), kind);
                }
            }
            print("a layer of 1 GB: sealos-oci", measure(own(server.host(), List.of("large"), 1)));
        }
    }

    private void compare(String title, String host, String kind) throws IOException, InterruptedException {
        List<String> images =
                IntStream.range(0, IMAGES).mapToObj(image -> kind + image).toList();
        for (int round = 1; round <= rounds; round++) {
            Run own = measure(own(host, images, 1));
            double last = Double.parseDouble(measure(own(host, images, CALLS)).log().trim());
            print(title + ", " + round + ": sealos-oci", own);
            System.out.printf("%-40s %8.2f%n", title + ", " + round + ": sealos-oci, call " + CALLS, last);
            print(title + ", " + round + ": skopeo, layout", measure(skopeo(host, images, "oci:copied:$i")), own, last);
            print(title + ", " + round + ": skopeo, registry", copyToRegistry(host, images), own, last);
        }
    }

    private Run copyToRegistry(String host, List<String> images) throws IOException, InterruptedException {
        Path copied = directory.resolve("copied");
        try (DistributionServer target = DistributionServer.start(directory, copied, "", "")) {
            return measure(skopeo(host, images, "docker://" + target.host() + "/$i:1"));
        } finally {
            Run.delete(copied);
        }
    }

    private Run measure(List<String> command) throws IOException, InterruptedException {
        Run run = Run.of(command, directory.resolve("run"));
        if (run == null) {
            throw new IOException(command.get(0) + " is not there");
        }
        return run;
    }

    private static List<String> skopeo(String host, List<String> images, String target) {
        String copy = "for i in " + String.join(" ", images) + "; do skopeo copy -q --src-tls-verify=false"
                + " --dest-tls-verify=false docker://" + host + "/$i:1 " + target + " || exit 1; done";
        return List.of("sh", "-c", copy);
    }

    private static List<String> own(String host, List<String> images, int calls) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx64m", "-Dcalls=" + calls, "-cp", System.getProperty("java.class.path")));
        command.add(OwnSaving.class.getName());
        command.add(host);
        images.forEach(image -> command.add(host + "/" + image + ":1"));
        return command;
    }

    private static void print(String title, Run run) {
        System.out.printf("%-40s %8.2f %8.2f %9d%n", title, run.wall(), run.cpu(), run.peakMebibytes());
    }

    /** Against our process, and against the last call of one that lives longer. */
    private static void print(String title, Run run, Run own, double last) {
        System.out.printf(
                "%-40s %8.2f %8.2f %9d %8.1f %8.1f%n",
                title, run.wall(), run.cpu(), run.peakMebibytes(), run.wall() / own.wall(), run.wall() / last);
    }
}
