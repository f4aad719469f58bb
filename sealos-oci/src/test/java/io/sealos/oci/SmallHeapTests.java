package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Inputs that would fill any memory end in a process with a heap of 256 MiB, which the first OutOfMemoryError ends. */
@Tag("endurance")
@Timeout(600)
class SmallHeapTests {
    private static final String BUILD = "FROM scratch\nCOPY . /\nCMD [\"bash run.sh\"]\n";

    @TempDir
    private static Path directory;

    private static final TreeMap<String, String> OUTCOMES = new TreeMap<>();

    /**
     * A context with one file besides a Kubefile that copies it, or with a Kubefile only, and what has to come of it.
     */
    record Case(String name, String file, List<Part> parts, int seconds, String outcome) {
        void write(Path context) throws IOException {
            Path path = Files.createDirectories(context).resolve(file);
            Files.createDirectories(path.resolveSibling("."));
            try (Writer out = Files.newBufferedWriter(path)) {
                for (Part part : parts) {
                    part.write(out);
                }
            }
            if (!file.equals("Kubefile")) {
                Files.writeString(context.resolve("Kubefile"), BUILD);
            }
            Files.writeString(context.resolve("a".repeat(40)), "");
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** A text so many times, with the number of the time for each percent sign. */
    record Part(String text, int count) {
        void write(Writer out) throws IOException {
            String[] between = text.split("%", -1);
            for (int i = 0; i < count; i++) {
                out.write(between[0]);
                for (int j = 1; j < between.length; j++) {
                    out.write(Integer.toString(i));
                    out.write(between[j]);
                }
            }
        }
    }

    private static Case kubefile(String name, int seconds, String outcome, Part... parts) {
        List<Part> all = new ArrayList<>(List.of(new Part("FROM scratch\nCOPY a* /x/\n", 1)));
        Collections.addAll(all, parts);
        return new Case(name, "Kubefile", all, seconds, outcome);
    }

    private static Case file(String name, String file, String outcome, Part... parts) {
        return new Case(name, file, List.of(parts), 20, outcome);
    }

    static Stream<Case> cases() {
        return Stream.of(kubefiles(), problems(), expansions(), lists(), scripts(), manyInstructions())
                .flatMap(it -> it);
    }

    private static Stream<Case> kubefiles() {
        String large = "is larger than 16777216 bytes; put what it carries into files, and COPY them";
        return Stream.of(
                kubefile("100 MB of Kubefile", 20, large, new Part("# " + "a".repeat(997) + "\n", 100_000)),
                kubefile("16 MB of comments", 20, "planned", new Part("# " + "a".repeat(97) + "\n", 160_000)),
                kubefile("16 MB of empty lines", 20, "planned", new Part("\n".repeat(1_000), 16_000)),
                kubefile(
                        "16 MB of one line",
                        20,
                        "the instruction is longer than 2097152 characters",
                        new Part("LABEL a=", 1),
                        new Part("a".repeat(1_000), 16_000)),
                kubefile(
                        "16 MB of continuations",
                        20,
                        "the instruction is longer than 2097152 characters",
                        new Part("LABEL a=b \\\n", 1_300_000),
                        new Part("\n", 1)),
                kubefile(
                        "a command in single quotes",
                        20,
                        "planned",
                        new Part("CMD ['a'", 1),
                        new Part(",'a'", 1_000),
                        new Part("]\n", 1)));
    }

    private static Stream<Case> problems() {
        return Stream.of(
                kubefile("bad lines", 20, "and 999900 more", new Part("BAD a\n", 1_000_000)),
                kubefile("2,700,000 bad lines", 20, "and 2699900 more", new Part("BAD a\n", 2_700_000)),
                kubefile("wrong flags", 20, "more", new Part("COPY --nope a b\n", 90_000)),
                kubefile("bad substitutions", 20, "more", new Part("LABEL a%=${b!}\n", 90_000)),
                kubefile(
                        "a source of stars",
                        20,
                        "there is no '*a*a",
                        new Part("COPY ", 1),
                        new Part("*a", 50),
                        new Part("b /x\n", 1)));
    }

    private static Stream<Case> expansions() {
        String expansion = "variables put more than 1048576 characters into one instruction";
        return Stream.of(
                kubefile(
                        "variables of variables",
                        20,
                        expansion,
                        new Part("ENV A=aaaaaaaaaa\n", 1),
                        new Part("ENV A=$A$A$A$A$A$A$A$A$A$A\n", 10)),
                kubefile(
                        "default values",
                        20,
                        expansion,
                        new Part("ENV A=aaaaaaaaaa\n", 1),
                        new Part("ENV A=${B:-$A$A$A$A$A}${A:+$A$A$A$A$A}\n", 10)),
                kubefile(
                        "long variables",
                        20,
                        "variables put more than 16777216 characters into all instructions",
                        new Part("ENV A=", 1),
                        new Part("a".repeat(1_000), 1_000),
                        new Part("\n", 1),
                        new Part("LABEL B%=$A\n", 100)));
    }

    private static Stream<Case> lists() {
        String ignore = "is larger than 1048576 bytes; name directories and use wildcards instead of single files";
        return Stream.of(
                file("100 MB of ignore file", ".dockerignore", ignore, new Part("aaaaaaaaa\n".repeat(100), 100_000)),
                file("many patterns", ".dockerignore", "there are more than 10000 patterns", new Part("b%\n", 20_000)),
                file("patterns of stars", ".dockerignore", "planned", new Part("*a*a*a*a*a*a*a*a*a*a*a*a*ab\n", 9_999)),
                file("one pattern of stars", ".dockerignore", "planned", new Part("*a", 500_000), new Part("b\n", 1)),
                file("a million wrong images", "images/shim/list", "planned", new Part("not an image\n", 1_000_000)),
                file(
                        "a million images",
                        "images/shim/list",
                        "the lists have more than 20000 lines and were not read from here on",
                        new Part("a.io/b/c%:1\n", 1_000_000)),
                file("100 MB of list", "images/shim/list", "planned", new Part("a".repeat(999) + "\n", 100_000)),
                file(
                        "archives",
                        "images/skopeo/tar.txt",
                        "is larger than 1048576 bytes; list fewer archives",
                        new Part("docker-archive:a%.tar@b:c\n", 1_000_000)),
                file(
                        "100 MB of manifest",
                        "manifests/a.yaml",
                        "is larger than 67108864 bytes and was not read; split it",
                        new Part("a%: b.io/c/d%:1\n", 4_000_000)),
                file("documents", "manifests/a.yaml", "planned", new Part("---\nimage: b.io/c/d%:1\n", 200_000)));
    }

    private static Stream<Case> scripts() {
        return Stream.of(
                file("100 MB of script", "run.sh", "planned", new Part("helm install a%\n", 6_000_000)),
                file("evals", "run.sh", "planned", new Part("eval ", 200_000), new Part("a\n", 1)),
                file(
                        "evals of evals",
                        "run.sh",
                        "planned",
                        new Part("X='echo a'\n", 1),
                        new Part("X=\"eval '$X'\"\n", 200),
                        new Part("$X\n", 1)),
                file(
                        "doubling by eval",
                        "run.sh",
                        "planned",
                        new Part("X=a\n", 1),
                        new Part("eval \"X=\\$X\\$X\"\n", 60)),
                file("doubling", "run.sh", "planned", new Part("X=a\n", 1), new Part("X=$X$X$X$X$X$X$X$X\n", 20)),
                file(
                        "sed over a long line",
                        "run.sh",
                        "planned",
                        new Part("echo ", 1),
                        new Part("a", 2_000),
                        new Part(" | sed \"s/a.*b.*c/d/\" > x\n", 1)));
    }

    private static Stream<Case> manyInstructions() {
        return Stream.of(
                kubefile("20,000 copies", 2, "planned", new Part("COPY a* /x/\n", 20_000)),
                kubefile("50,000 variables", 2, "planned", new Part("ENV A%=a\n", 50_000)));
    }

    /** Run in the small process: builds each context below the first argument. */
    static final class Builds {
        private Builds() {}

        public static void main(String[] arguments) throws IOException {
            Path contexts = Path.of(arguments[0]);
            int number = 0;
            for (Case one : cases().toList()) {
                Path context = contexts.resolve(Integer.toString(number++));
                one.write(context);
                long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                String outcome = shortened(outcome(context).replace("\n", " | "));
                long used = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
                System.out.println(one.name() + "\t" + TimeUnit.NANOSECONDS.toMillis(used) + "\t" + outcome);
                Files.delete(context.resolve(one.file()));
            }
        }

        private static String shortened(String text) {
            return text.length() < 2000 ? text : text.substring(0, 1000) + "..." + text.substring(text.length() - 500);
        }

        private static String outcome(Path context) throws IOException {
            try {
                BuildPlan plan = ClusterImage.builder()
                        .context(context)
                        .tag("a/b:1")
                        .build()
                        .plan();
                return "planned " + plan.inventory().problems();
            } catch (IOException | RuntimeException e) {
                return e.getClass().getSimpleName() + ": " + e.getMessage();
            }
        }
    }

    @BeforeAll
    static void buildAll() throws Exception {
        Path printed = directory.resolve("printed");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        // Else a third of the heap is for new objects, and what stays is compacted again and again.
                        "-Xmn16m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Builds.class.getName(),
                        directory.resolve("contexts").toString())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        try {
            process.waitFor(400, TimeUnit.SECONDS);
        } finally {
            process.destroyForcibly();
        }
        for (String line : Files.readAllLines(printed)) {
            OUTCOMES.put(line.replaceFirst("\t.*", ""), line);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void planWhenHeapIsSmallEndsSoonWithAResult(Case one) {
        assertThat(OUTCOMES).as("the cases that ended").containsKey(one.name());
        String[] outcome = OUTCOMES.getOrDefault(one.name(), "").split("\t", 3);
        assertThat(outcome[2]).contains(one.outcome());
        assertThat(Long.parseLong(outcome[1])).as("milliseconds").isLessThan(one.seconds() * 1000L);
    }
}
