package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever builds the same files with the same modes gets the same bytes: each build is a process of its own. */
@Tag("endurance")
class SameBytesTests {
    /** Of the image, and of its layers. */
    private static final String DIGESTS = """
            sha256:a28740578cdd7298090ca237e900e36d7b38c892a0934785aadd372b7c6352ea
            sha256:f920daf46eafeda70a08068963c16d9b1d5488ec2cb7bd8f1238a6f40d236623
            sha256:7428d5c7749f529ad69f07637c1dc641c547cf9f439f4b9880e0ef77095ccafa
            """;

    private static final List<String> FILES = List.of(
            "Kubefile", "charts/a/values.yaml", "charts/Z.txt", "charts/i-I", "opt/run.sh", "opt/" + "n".repeat(120));

    @TempDir
    private Path directory;

    private Path context;

    /** Builds the context that it is given, and prints the digests of the image and of its layers. */
    static final class Builder {
        private Builder() {}

        public static void main(String[] arguments) throws IOException {
            BuildResult done = ClusterImage.builder()
                    .context(Path.of(arguments[0]))
                    .saveImages(false)
                    .reuseLayers(false)
                    .compression(LayerCompression.NONE)
                    .build()
                    .writeTo(OciLayout.directory(Path.of(arguments[1])));
            System.out.println(done.digest());
            done.layers().forEach(layer -> System.out.println(layer.diffId()));
        }
    }

    @BeforeEach
    void makeContext() throws IOException {
        assumeThat(directory.getFileSystem().supportedFileAttributeViews()).contains("posix");
        permit(directory, "rwxr-xr-x");
        context = context("context", 1);
    }

    private Path context(String name, int seed) throws IOException {
        Path made = Files.createDirectory(directory.resolve(name));
        List<String> files = new ArrayList<>(FILES);
        Collections.shuffle(files, new Random(seed));
        for (String file : files) {
            Path path = made.resolve(file);
            Files.createDirectories(path.resolveSibling("."));
            Files.writeString(path, file.equals("Kubefile") ? "FROM scratch\nCOPY charts /\nCOPY opt opt\n" : file);
            permit(path, file.endsWith(".sh") ? "rwxr-xr-x" : "rw-r--r--");
        }
        try (Stream<Path> paths = Files.walk(made)) {
            for (Path path : paths.filter(Files::isDirectory).toList()) {
                permit(path, "rwxr-xr-x");
            }
        }
        return made;
    }

    private static void permit(Path path, String modes) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(modes));
    }

    @Test
    void buildWhenDirectoryAndCreationOrderDifferGivesTheSameBytes() throws Exception {
        for (int seed = 2; seed <= 3; seed++) {
            assertThat(build(context("other-" + seed, seed), java(), Map.of())).isEqualTo(DIGESTS);
        }
    }

    @Test
    void buildWhenTimeZoneAndLanguageDifferGivesTheSameBytes() throws Exception {
        Map<String, String> tokyo = Map.of("TZ", "Asia/Tokyo", "LANG", "C", "LC_ALL", "C");
        Map<String, String> apia = Map.of("TZ", "Pacific/Apia", "LANG", "C.UTF-8", "LC_ALL", "C.UTF-8");
        assertThat(build(context, java(), tokyo)).isEqualTo(DIGESTS);
        assertThat(build(context, java("-Duser.language=tr", "-Duser.country=TR"), apia))
                .isEqualTo(DIGESTS);
    }

    @Test
    void buildWhenUmaskDiffersGivesTheSameBytes() throws Exception {
        for (String umask : List.of("077", "000")) {
            List<String> command = new ArrayList<>(List.of("sh", "-c", "umask " + umask + " && exec \"$@\"", "sh"));
            command.addAll(java());
            assertThat(build(context, command, Map.of())).isEqualTo(DIGESTS);
        }
    }

    @Test
    void buildWhenJdkDiffersGivesTheSameBytes() throws Exception {
        List<Path> others = otherJdks();
        assumeThat(others).as("JDKs beside the one that runs").isNotEmpty();
        for (Path jdk : others) {
            List<String> command = new ArrayList<>(java());
            command.set(0, jdk.resolve("bin/java").toString());
            assertThat(build(context, command, Map.of())).as("%s", jdk).isEqualTo(DIGESTS);
        }
    }

    @Test
    void buildWhenUserDiffersGivesTheSameBytes() throws Exception {
        assumeThat(Files.getAttribute(directory, "unix:uid")).as("needs root").isEqualTo(0);
        assumeThat(Path.of("/usr/bin/setpriv")).exists();
        List<String> command =
                new ArrayList<>(List.of("/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"));
        command.addAll(java());
        command.set(command.indexOf("-cp") + 1, readableClassPath());
        assertThat(build(context, command, Map.of())).isEqualTo(DIGESTS);
    }

    private String build(Path from, List<String> command, Map<String, String> environment) throws Exception {
        Path outputs = Files.createTempDirectory(directory, "out");
        permit(outputs, "rwxrwxrwx");
        List<String> full = new ArrayList<>(command);
        full.addAll(List.of(
                Builder.class.getName(),
                from.toString(),
                outputs.resolve("layout").toString()));
        ProcessBuilder process = new ProcessBuilder(full);
        process.environment().remove("SOURCE_DATE_EPOCH");
        process.environment().putAll(environment);
        Path printed = directory.resolve("printed");
        process.redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start()
                .waitFor();
        return Files.readString(printed);
    }

    private static List<String> java(String... options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        return command;
    }

    /** Those that stand beside the one that runs, from Java 17. */
    private static List<Path> otherJdks() throws IOException {
        Path own = Path.of(System.getProperty("java.home")).toRealPath();
        try (Stream<Path> siblings = Files.list(own.resolveSibling("."))) {
            return siblings.filter(jdk -> Files.isExecutable(jdk.resolve("bin/java")) && !Files.isSymbolicLink(jdk))
                    .filter(jdk -> !jdk.normalize().equals(own) && isRecent(jdk))
                    .toList();
        }
    }

    private static boolean isRecent(Path jdk) {
        try {
            return Files.readString(jdk.resolve("release")).matches("(?s).*JAVA_VERSION=\"(1[7-9]|[2-9]\\d)\\D.*");
        } catch (IOException e) {
            return false;
        }
    }

    /** A copy that another user may read, without the native parts of Helm, which is not asked here. */
    private String readableClassPath() throws IOException {
        List<String> copies = new ArrayList<>();
        for (String element : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path original = Path.of(element);
            if (!Files.exists(original) || element.contains("helm-java")) {
                continue;
            }
            Path copy = directory.resolve("class-path-" + copies.size());
            try (Stream<Path> paths = Files.walk(original)) {
                for (Path path : paths.toList()) {
                    Path target = copy.resolve(original.relativize(path).toString());
                    Files.copy(path, target);
                    permit(target, "rwxr-xr-x");
                }
            }
            copies.add(copy.toString());
        }
        return String.join(File.pathSeparator, copies);
    }
}
