package io.sealos.oci.internal.registry;

import io.sealos.images.Digest;
import io.sealos.oci.internal.MediaTypes;
import io.sealos.oci.internal.transport.AccessSettings;
import io.sealos.oci.internal.transport.Hashes;
import io.sealos.oci.peers.DistributionServer;
import io.sealos.oci.peers.TcpRelay;
import io.sealos.oci.peers.Tools;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Saves 20 images of 9 layers of 5 MB, of which 5 are shared by groups of four, from the distribution registry on the
 * loopback address, and lets {@code skopeo copy} do the same one after the other: at once, and through a relay that
 * makes each request take 20 ms longer. Before that, one image with a layer of 1 GB.
 */
final class SavingBenchmark {
    private static final int IMAGES = 20;
    private static final int MEGABYTE = 1 << 20;
    private static final String CONFIG = "{\"os\":\"linux\",\"architecture\":\"amd64\"}";

    private final Path work;
    private final PrintStream out;

    private SavingBenchmark(Path work, PrintStream out) {
        this.work = work;
        this.out = out;
    }

    /** Takes an empty folder with 5 GB to spare. */
    public static void main(String[] arguments) throws Exception {
        Path work = Files.createDirectories(Path.of(arguments[0])).toAbsolutePath();
        new SavingBenchmark(work, new PrintStream(System.out, true, StandardCharsets.UTF_8)).run();
    }

    private void run() throws Exception {
        Path storage = work.resolve("storage");
        for (int image = 0; image < IMAGES; image++) {
            List<String> layers = new ArrayList<>();
            for (int layer = 0; layer < 9; layer++) {
                int seed = layer < 5 ? 1000 + image / 4 * 10 + layer : 2000 + image * 10 + layer;
                layers.add(layer(storage, seed, 5));
            }
            writeImage(storage, "app" + image, layers);
        }
        writeImage(storage, "large", List.of(layer(storage, 1, 1024)));
        try (DistributionServer server = DistributionServer.start(work, storage, "", "")) {
            large(server.host());
            for (int round = 1; round <= 3; round++) {
                compare("no delay, round " + round, server.host());
                try (TcpRelay relay = TcpRelay.to(server.port(), Duration.ofMillis(20))) {
                    compare("20 ms, round " + round, relay.host());
                }
            }
        }
    }

    private void compare(String title, String host) throws Exception {
        Path target = Files.createTempDirectory(work, "round");
        long begin = System.nanoTime();
        for (int image = 0; image < IMAGES; image++) {
            Tools.run(
                    work,
                    "skopeo",
                    "copy",
                    "-q",
                    "--src-tls-verify=false",
                    "docker://" + host + "/app" + image + ":1",
                    "oci:" + target.resolve("skopeo") + ":" + image);
        }
        long skopeo = System.nanoTime() - begin;
        begin = System.nanoTime();
        String[] names = new String[IMAGES];
        for (int image = 0; image < IMAGES; image++) {
            names[image] = host + "/app" + image + ":1";
        }
        save(target.resolve("store"), host, names);
        long own = System.nanoTime() - begin;
        out.printf(
                "%s: skopeo %.2f s, this library %.2f s, %.1f times faster%n",
                title, skopeo / 1e9, own / 1e9, (double) skopeo / own);
    }

    private void large(String host) throws Exception {
        long begin = System.nanoTime();
        save(work.resolve("store-large"), host, host + "/large:1");
        String peak = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .findFirst()
                .orElse("");
        out.printf(
                "1 GB layer: %.2f s, at most %d MB of heap, %s%n",
                (System.nanoTime() - begin) / 1e9,
                Runtime.getRuntime().maxMemory() / MEGABYTE,
                peak.replaceAll("\\s+", " "));
    }

    private static void save(Path store, String host, String... names) throws IOException, InterruptedException {
        AccessSettings access =
                AccessSettings.builder().authFiles(false).plainHttp(host).build();
        Saving.into(store, access).save(names);
    }

    /** Random bytes, which compress no more than a real layer does; the descriptor of the layer. */
    private static String layer(Path storage, int seed, int megabytes) throws IOException {
        MessageDigest hash = Hashes.start("sha256");
        Path part = Files.createTempFile(Files.createDirectories(storage), "layer", "");
        Random random = new Random(seed);
        byte[] buffer = new byte[MEGABYTE];
        try (OutputStream content = Files.newOutputStream(part)) {
            for (int i = 0; i < megabytes; i++) {
                random.nextBytes(buffer);
                hash.update(buffer);
                content.write(buffer);
            }
        }
        Digest digest = Hashes.finish("sha256", hash);
        Path data = data(storage, digest);
        if (Files.exists(data)) {
            Files.delete(part);
        } else {
            Files.move(part, data);
        }
        return "{\"mediaType\":\"" + MediaTypes.OCI_LAYER + "\",\"digest\":\"" + digest + "\",\"size\":"
                + (long) megabytes * MEGABYTE + "}";
    }

    private static void writeImage(Path storage, String repository, List<String> layers) throws IOException {
        byte[] config = CONFIG.getBytes(StandardCharsets.UTF_8);
        byte[] manifest = ("{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_MANIFEST + "\",\"config\":"
                        + TestImage.descriptor(MediaTypes.OCI_CONFIG, config) + ",\"layers\":["
                        + String.join(",", layers) + "]}")
                .getBytes(StandardCharsets.UTF_8);
        Files.write(data(storage, Hashes.sha256(config)), config);
        Digest digest = Hashes.sha256(manifest);
        Files.write(data(storage, digest), manifest);
        Path root = storage.resolve("docker/registry/v2/repositories/" + repository);
        for (String layer : layers) {
            link(root.resolve("_layers/sha256"), Digest.parse(layer.replaceAll(".*\"(sha256:[0-9a-f]+)\".*", "$1")));
        }
        link(root.resolve("_layers/sha256"), Hashes.sha256(config));
        link(root.resolve("_manifests/revisions/sha256"), digest);
        link(root.resolve("_manifests/tags/1/index/sha256"), digest);
        Files.writeString(
                Files.createDirectories(root.resolve("_manifests/tags/1/current"))
                        .resolve("link"),
                digest.toString());
    }

    private static void link(Path folder, Digest digest) throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve(digest.hex())).resolve("link"), digest.toString());
    }

    private static Path data(Path storage, Digest digest) throws IOException {
        String path = "docker/registry/v2/blobs/sha256/" + digest.hex().substring(0, 2) + "/" + digest.hex();
        return Files.createDirectories(storage.resolve(path)).resolve("data");
    }
}
