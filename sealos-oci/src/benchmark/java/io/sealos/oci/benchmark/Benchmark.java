package io.sealos.oci.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Builds one context with everybody in turn, each as a process of its own, and prints the best run of each. Arguments:
 * the directory to work in, the number of rounds, and how many times as large the context shall be.
 */
final class Benchmark {
    private static final String FLOOR = "floor: tar | tee | sha256";
    private static final String OURS = "sealos-oci";
    private static final String SMALL = "sealos-oci -Xmx64m";

    private final Path directory;
    private final Path context;
    private final Path output;

    private Benchmark(Path directory, int scale) {
        this.directory = directory;
        this.context = directory.resolve("context-" + scale);
        this.output = directory.resolve("run");
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int rounds = Integer.parseInt(arguments[1]);
        int scale = Integer.parseInt(arguments[2]);
        Benchmark benchmark = new Benchmark(Path.of(arguments[0]).toAbsolutePath(), scale);
        benchmark.makeContext(scale);
        benchmark.print(benchmark.measure(rounds));
        benchmark.rebuild();
    }

    private void makeContext(int scale) throws IOException {
        if (!Files.exists(context)) {
            Path incomplete = directory.resolve("context.incomplete");
            new BenchmarkContext(incomplete, scale).make();
            Files.move(incomplete, context);
        }
    }

    private Map<String, List<String>> contestants() {
        String tar = "tar -C " + context + " -cf - . | tee out.tar | openssl sha256";
        String buildah = "command -v buildah || exit 127; b='buildah --root ./root --runroot ./runroot';"
                + " $b bud -t benchmark -f " + context + "/Kubefile " + context
                + " && $b push benchmark oci:out:benchmark || exit 1;"
                + " if [ $(id -u) = 0 ]; then umount -q ./root/overlay; else $b unshare rm -rf root runroot; fi; true";
        Map<String, List<String>> all = new LinkedHashMap<>();
        all.put(FLOOR, List.of("sh", "-c", tar));
        all.put(OURS, java(OwnBuild.class, "out"));
        all.put(SMALL, java(OwnBuild.class, "out", "-Xmx64m"));
        all.put("jib-core", java(JibBuild.class, "out.tar"));
        all.put("buildah", List.of("sh", "-c", buildah));
        return all;
    }

    private List<String> java(Class<?> main, String out, String... options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(context.toString(), output.resolve(out).toString()));
        return command;
    }

    private Map<String, Run> measure(int rounds) throws IOException, InterruptedException {
        Map<String, Run> best = new TreeMap<>();
        for (int round = 0; round < rounds; round++) {
            for (Map.Entry<String, List<String>> contestant : contestants().entrySet()) {
                Run run = Run.of(contestant.getValue(), output);
                if (run != null) {
                    best.merge(contestant.getKey(), run, (a, b) -> a.wall() <= b.wall() ? a : b);
                }
            }
        }
        return best;
    }

    private void print(Map<String, Run> best) {
        double floor = wall(best.get(FLOOR));
        double ours = wall(best.get(OURS));
        System.out.printf("%-28s %8s %8s %9s %10s %10s%n", "", "wall s", "cpu s", "peak MiB", "to floor", "to ours");
        for (String name : contestants().keySet()) {
            Run run = best.get(name);
            if (run == null) {
                System.out.println(name + " is not there");
            } else {
                System.out.printf(
                        "%-28s %8.2f %8.2f %9d %10.2f %10.2f%n",
                        name, run.wall(), run.cpu(), run.peakMebibytes(), run.wall() / floor, run.wall() / ours);
            }
        }
    }

    private static double wall(@Nullable Run run) {
        return run == null ? Double.NaN : run.wall();
    }

    private void rebuild() throws IOException, InterruptedException {
        List<String> command = java(OwnBuild.class, "out");
        command.add("rebuild");
        Run run = Run.of(command, output);
        System.out.print(run == null ? "" : run.log());
    }
}
