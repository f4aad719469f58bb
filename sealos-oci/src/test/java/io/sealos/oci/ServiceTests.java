package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealos.oci.testing.Fault;
import io.sealos.oci.testing.InProcessRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many builds in one virtual machine, as in a service: afterwards, nothing of them is left. */
@Tag("endurance")
class ServiceTests {
    private static final int WARM = 10;

    /** {@code -Dsealos.builds=200} for a long run. */
    private static final int BUILDS = Integer.getInteger("sealos.builds", 50);

    private static final String APP = "registry.example/team/app:1.0";

    @TempDir
    Path directory;

    private String usual = "";

    /** A temporary directory that no other process uses. */
    @BeforeEach
    void useOwnTemporaryDirectory() throws IOException {
        usual = System.getProperty("java.io.tmpdir");
        System.setProperty(
                "java.io.tmpdir",
                Files.createDirectory(directory.resolve("temporary")).toString());
    }

    @AfterEach
    void useUsualTemporaryDirectory() {
        System.setProperty("java.io.tmpdir", usual);
    }

    @Test
    void writeToWhenRepeatedLeavesNoThreadsFilesAndDirectories() throws Exception {
        builds(0, WARM);
        AtRest before = atRest();

        builds(WARM, BUILDS);

        AtRest after = atRest();
        assertThat(before.threads()).containsAll(after.threads());
        assertThat(after.groups()).as("thread groups").isLessThanOrEqualTo(before.groups());
        assertThat(after.temporary()).isEmpty();
        assertThat(after.incoming()).isEmpty();
        assertThat(after.descriptors()).isLessThanOrEqualTo(before.descriptors());
        // Much less than one build allocates, for each of them.
        assertThat(after.heap()).isLessThan(before.heap() + BUILDS * 50_000L);
    }

    /** Each time with another registry, since it keeps what it receives. */
    private void builds(int first, int count) throws IOException {
        try (InProcessRegistry registry = InProcessRegistry.start()) {
            registry.putImage(APP);
            registry.putImage("registry.example/team/base:1.0");
            registry.serve("target.example");
            builds(registry, first, count);
        }
    }

    private void builds(InProcessRegistry registry, int first, int count) throws IOException {
        for (int i = first; i < first + count; i++) {
            if (i % 5 == 4) {
                registry.fault("/manifests/", Fault.status(403, 1));
            }
            try {
                build(registry, i);
            } catch (ImageSaveException | ImagePushException e) {
                assertThat(i % 5).isEqualTo(4);
            }
        }
    }

    private void build(InProcessRegistry registry, int number) throws IOException {
        // Every second build fetches everything again.
        Path store = directory.resolve("store" + number % 2);
        if (number % 2 == 1) {
            BlobStore.at(store).shrinkTo(0);
        }
        ClusterImage image = ClusterImage.builder()
                .file("Kubefile", "FROM registry.example/team/base:1.0\nCOPY . .\nCMD [\"true\"]\n")
                .manifest("text.yaml", "kind: ConfigMap\ndata: {number: \"" + number + "\"}\n")
                .imageList("list", List.of(APP))
                .registryAccess(registry.access())
                .contentStore(store)
                .tag("target.example/team/app:1.0")
                .build();
        image.writeTo(number % 3 == 0 ? OciLayout.archive(directory.resolve("out.tar")) : target(number));
    }

    private ImageTarget target(int number) {
        return number % 3 == 1
                ? OciLayout.directory(directory.resolve("out"))
                : RegistryImage.of("target.example/team/app:1.0");
    }

    private record AtRest(
            Set<String> threads, int groups, long descriptors, List<Path> temporary, List<Path> incoming, long heap) {}

    /** The resources of the process when no build runs. */
    private AtRest atRest() throws IOException, InterruptedException {
        ThreadGroup root = Thread.currentThread().getThreadGroup();
        while (root.getParent() != null) {
            root = root.getParent();
        }
        long heap = heap();
        return new AtRest(threads(), root.activeGroupCount(), descriptors(), temporary(), incoming(), heap);
    }

    /** The threads of builds. Those of the registry end when they are idle. */
    private static Set<String> threads() {
        Set<String> names = new TreeSet<>();
        Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> !name.startsWith("in-process-registry"))
                .forEach(names::add);
        return names;
    }

    private static long descriptors() throws IOException {
        Path own = Path.of("/proc/self/fd");
        return Files.isDirectory(own) ? list(own).size() : 0;
    }

    private List<Path> temporary() throws IOException {
        return list(directory.resolve("temporary"));
    }

    private List<Path> incoming() throws IOException {
        return Stream.concat(
                        list(directory.resolve("store0/incoming")).stream(),
                        list(directory.resolve("store1/incoming")).stream())
                .toList();
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    private static long heap() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            Thread.sleep(20);
            least = Math.min(
                    least,
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return least;
    }
}
