package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealos.kubefile.KubefileEvaluationException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Inputs that look small and took a build hours, all of its stack or all of its memory. */
class HostileInputTests {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    private Path context;

    @Test
    void ignoresInBoundedTimeWhenThePatternHasManyStars() throws IOException {
        write("a".repeat(40), "");
        write(".dockerignore", "*a".repeat(10) + "b\n");
        assertThat(plan("FROM scratch\nCOPY . /\n").layers()).isNotEmpty();
    }

    @Test
    void copiesInBoundedTimeWhenTheSourceHasManyStars() throws IOException {
        write("a".repeat(40), "");
        assertThatThrownBy(() -> plan("FROM scratch\nCOPY " + "*a".repeat(10) + "b /x\n"))
                .isInstanceOf(BuildRefusedException.class)
                .hasMessageContaining("there is no '" + "*a".repeat(10) + "b' in the context");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'", "\""})
    void readsCommandsWithoutStackWhenThereAreMany(String quote) throws IOException {
        write("a", "");
        String list =
                IntStream.range(0, 100_000).mapToObj(i -> quote + "a" + quote).collect(Collectors.joining(","));
        assertThat(plan("FROM scratch\nCOPY a /\nCMD [" + list + "]\n").layers())
                .isNotEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scripts")
    void readsScriptsInBoundedTimeAndStack(String name, String script) throws IOException {
        write("run.sh", script);
        assertThat(plan("FROM scratch\nCOPY . /\nCMD [\"bash run.sh\"]\n").layers())
                .isNotEmpty();
    }

    @Test
    void plansInLinearTimeWhenThereAreManyInstructions() throws IOException {
        write("a", "");
        assertThat(plan("FROM scratch\n" + "COPY a /a\n".repeat(20_000)).layers())
                .isNotEmpty();
        String variables =
                IntStream.range(0, 50_000).mapToObj(i -> "ENV A" + i + "=a\n").collect(Collectors.joining());
        assertThat(plan("FROM scratch\nCOPY a /\n" + variables).layers()).isNotEmpty();
        String labels =
                IntStream.range(0, 50_000).mapToObj(i -> "LABEL a" + i + "=a\n").collect(Collectors.joining());
        assertThat(plan("FROM scratch\nCOPY a /\n" + labels).layers()).isNotEmpty();
    }

    @Test
    void refusesStagesWhenTheyDoubleEachOther() throws IOException {
        write("a", "");
        String stages = IntStream.range(1, 40)
                .mapToObj(i -> "FROM scratch AS s" + i + "\nCOPY --from=s" + (i - 1) + " / /x\nCOPY --from=s" + (i - 1)
                        + " / /y\n")
                .collect(Collectors.joining());
        assertThatThrownBy(() -> plan("FROM scratch AS s0\nCOPY a /a\n" + stages))
                .isInstanceOf(BuildRefusedException.class)
                .hasMessageContaining("the stages have more than 1000000 files and directories together; copy less, or"
                        + " exclude files by .dockerignore");
        String chain = IntStream.range(1, 400)
                .mapToObj(i -> "FROM s" + (i - 1) + " AS s" + i + "\n")
                .collect(Collectors.joining());
        Files.createDirectories(context.resolve("d"));
        for (int i = 0; i < 3000; i++) {
            Files.createDirectory(context.resolve("d/" + i));
        }
        assertThatThrownBy(() -> plan("FROM scratch AS s0\nCOPY d /d\n" + chain))
                .isInstanceOf(BuildRefusedException.class)
                .hasMessageContaining("the stages have more than 1000000 files and directories together");
        assertThatThrownBy(() -> plan("FROM scratch AS s0\n".repeat(501)))
                .hasMessageContaining("the Kubefile has more than 500 stages");
    }

    /** None of them takes a byte on the disk, and each would fill any memory. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Kubefile",
                ".dockerignore",
                ".sealignore",
                "images/shim/list",
                "images/skopeo/tar.txt",
                "images/skopeo/a.tar",
                "manifests/a.yaml",
                "manifests/a.yaml.tmpl",
                "charts/a.tgz",
                "charts/a.values.yaml",
                "charts/a/Chart.yaml",
                "charts/a/.helmignore",
                "scripts/init.sh",
                "etc/a.yml",
                "registry/a",
                "README.md",
                "run.sh",
                "init.sh",
                "config.yml"
            })
    void endsAtALimitWhenAFileIsATerabyte(String name) throws IOException {
        write("run.sh", "helm install a charts/a\n");
        Path file = context.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(1L << 40);
        }
        if (!name.equals("Kubefile")) {
            write("Kubefile", "FROM scratch\nCOPY . /\nCMD [\"bash run.sh\"]\n");
        }
        Assertions.assertTimeoutPreemptively(LIMIT, () -> {
            try {
                build().plan();
            } catch (IOException | BuildRefusedException e) {
                assertThat(e).hasMessageContaining(name).hasMessageMatching("(?s).*(larger|bigger|more) than.*");
            }
        });
    }

    @Test
    void readsListsOfImagesInBoundedMemoryWhenTheyAreLong() throws IOException {
        write("Kubefile", "FROM scratch\nCOPY . /\n");
        Files.createDirectories(context.resolve("images/shim"));
        write("images/shim/list", "not an image\n".repeat(1_000_000));
        Assertions.assertTimeoutPreemptively(LIMIT, () -> {
            try {
                build().plan();
            } catch (IOException | BuildRefusedException e) {
                assertThat(e).message().hasSizeLessThan(1_000_000);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "COPY a\0b /x",
                "COPY a* /x\0y",
                "COPY a\0* /x",
                "COPY [\"a\\u0000b\", \"/x\"]",
                "ADD a\0b /x",
                "COPY --from=s /a\0b /x",
                "WORKDIR /a\0b",
                "CMD [\"bash a\\u0000b\"]",
                "CMD [\"helm install a ./a\\u0000b -f c\\u0000d\"]",
                "CMD [\"cd a\\u0000b && helm install a .\"]",
                "ENTRYPOINT [\"a\\u0000b\"]",
                "LABEL init=a\0b",
                "ENV A=a\0b"
            })
    void refusesOrBuildsWhenANameHasANul(String instruction) throws IOException {
        write("a", "");
        write("Kubefile", "FROM scratch AS s\nCOPY a /\nFROM scratch\nCOPY a /\n" + instruction + "\n");
        try {
            build().plan();
        } catch (BuildRefusedException | KubefileEvaluationException e) {
            assertThat(e).message().isNotEmpty().doesNotContain("\0");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {".dockerignore", ".sealignore", "images/shim/a", "images/skopeo/tar.txt", "run.sh"})
    void readsListsWhenTheyHaveNuls(String name) throws IOException {
        write("Kubefile", "FROM scratch\nCOPY . /\nCMD [\"bash run.sh\"]\n");
        Files.createDirectories(context.resolve("images/shim"));
        Files.createDirectories(context.resolve("images/skopeo"));
        write(
                name,
                "docker-archive:a\0b.tar@c\0d:e\nhelm install a ./a\0b -f $X\0d\n. ./x\0y\n[ -f \0 ] && cat a\0* > b\0c\n");
        try {
            build().plan();
        } catch (BuildRefusedException e) {
            assertThat(e).message().isNotEmpty().doesNotContain("\0");
        }
    }

    private static Stream<Arguments> scripts() {
        return Stream.of(texts(), nestings(), sequences()).flatMap(it -> it);
    }

    private static Stream<Arguments> texts() {
        String text = "a".repeat(2000);
        return Stream.of(
                Arguments.of("sed with stars", "echo " + text + " | sed \"s/a.*b.*c/d/\" > x\ncat x\n"),
                Arguments.of("sed with many stars", "echo " + text + " | sed \"s/" + ".*a".repeat(50) + "b/d/\"\n"),
                Arguments.of("case with stars", "case " + text + " in " + "*a".repeat(50) + "b) echo;; esac\n"),
                Arguments.of("prefix with stars", "X=" + text + "\necho ${X##" + "*a".repeat(50) + "b}\n"),
                Arguments.of("suffix with stars", "X=" + text + "\necho ${X%" + "a*".repeat(50) + "b}\n"),
                Arguments.of(
                        "replaced with stars", "X=" + "a".repeat(1000) + "\necho ${X//" + "*a".repeat(50) + "b/}\n"));
    }

    private static Stream<Arguments> nestings() {
        return Stream.of(
                Arguments.of("subshells", nested("(", ")", 50_000)),
                Arguments.of("groups", nested("{ ", ";}", 50_000)),
                Arguments.of("substitutions", "echo " + nested("$(", ")", 50_000)),
                Arguments.of("quoted substitutions", "echo " + nested("\"$(", ")\"", 50_000)),
                Arguments.of("defaults", "echo " + nested("${a:-", "}", 50_000)),
                Arguments.of("sums", "echo $((" + nested("(", ")", 50_000) + "))"),
                Arguments.of("signs", "echo $((" + "-".repeat(50_000) + "1))"),
                Arguments.of("negations", "echo $((" + "!".repeat(50_000) + "1))"),
                Arguments.of("choices", "echo $((" + "1?1:".repeat(50_000) + "1))"),
                Arguments.of("powers", "echo $((" + "1**".repeat(50_000) + "1))"),
                Arguments.of("assignments", "echo $((" + "a=".repeat(50_000) + "1))"),
                Arguments.of("conditions", "[[ " + "( ".repeat(50_000) + "a" + " )".repeat(50_000) + " ]]"),
                Arguments.of("tests", "[ " + "! ".repeat(50_000) + "a ]"),
                Arguments.of("ifs", nested("if a; then ", "; fi", 20_000)),
                Arguments.of("elifs", "if a; then a; " + "elif a; then a; ".repeat(20_000) + "fi"),
                Arguments.of("loops", nested("while a; do ", "; done", 20_000)),
                Arguments.of("fors", nested("for i in 1; do ", "; done", 20_000)),
                Arguments.of("cases", nested("case a in a) ", ";; esac", 20_000)),
                Arguments.of("functions", nested("f() { ", ";}", 20_000)));
    }

    private static Stream<Arguments> sequences() {
        return Stream.of(
                Arguments.of("pipes", "a | ".repeat(50_000) + "a"),
                Arguments.of("ands", "a && ".repeat(50_000) + "a"),
                Arguments.of("bangs", "! ".repeat(50_000) + "a"),
                Arguments.of("commands", "a; ".repeat(50_000)),
                Arguments.of("braces", "echo " + nested("{a,", "}", 5000)),
                Arguments.of("brace products", "echo " + "{a,b}".repeat(100)),
                Arguments.of("evals", "eval ".repeat(50_000) + "a"),
                Arguments.of("eval chain", "X='echo a'\n" + "X=\"eval '$X'\"\n".repeat(200) + "$X\n"),
                Arguments.of("doubling", "X=aaaaaaaaaa\n" + "X=$X$X$X$X$X$X$X$X$X$X\n".repeat(20) + "echo $X\n"),
                Arguments.of("doubling by eval", "X=a\n" + "eval \"X=\\$X\\$X\"\n".repeat(60) + "echo $X\n"),
                Arguments.of("recursion", "f() { f; f; }\nf\n"),
                Arguments.of("set of keys", "helm install a ./a --set " + "a.".repeat(50_000) + "a=b"),
                Arguments.of("set of items", "helm install a ./a --set a" + "[0]".repeat(50_000) + "=b"),
                Arguments.of("set of lists", "helm install a ./a --set a=" + "{".repeat(50_000)),
                Arguments.of("json value", "helm install a ./a --set-json 'a=" + "[".repeat(50_000) + "'"),
                Arguments.of("documents", "cat <<A\n".repeat(2000)),
                Arguments.of("wrappers", "sudo ".repeat(50_000) + "a"),
                Arguments.of("backquotes", "echo " + "`".repeat(50_000)),
                Arguments.of("quotes", "echo " + "\"'".repeat(50_000)),
                Arguments.of("document in an open process", "cat <<EOF >(v.yaml\nimage"));
    }

    private static String nested(String open, String close, int depth) {
        return open.repeat(depth) + "a" + close.repeat(depth);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(context.resolve(name), text);
    }

    private BuildPlan plan(String kubefile) throws IOException {
        write("Kubefile", kubefile);
        return Assertions.assertTimeoutPreemptively(LIMIT, () -> build().plan());
    }

    private ClusterImage build() throws IOException {
        return ClusterImage.builder().context(context).tag("a/b:1").build();
    }
}
