package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergedInventoryTests {
    @TempDir
    private Path root;

    private Path directory(String name, String image) throws IOException {
        Path directory = Files.createDirectories(root.resolve(name));
        Files.createDirectories(directory.resolve("manifests"));
        Files.writeString(
                directory.resolve("manifests/a.yaml"), "kind: Pod\nspec:\n  containers:\n    - image: " + image + "\n");
        Files.writeString(
                directory.resolve("Kubefile"),
                "FROM scratch\nCOPY . .\nCMD [\"kubectl apply -f manifests && helm install a none\"]\n");
        return directory;
    }

    private static ImageInventory scan(Path directory) throws IOException {
        return ImageScanner.builder().build().scan(directory);
    }

    private ImageInventory merged(Path... directories) throws IOException {
        Map<Path, ImageInventory> inventories = new LinkedHashMap<>();
        for (Path directory : directories) {
            inventories.put(directory, scan(directory));
        }
        return ImageInventory.merged(root, inventories);
    }

    @Test
    void mergedWhenDirectoriesHaveImagesHasAllWithTheirPlaces() throws IOException {
        Path b = directory("apps/b", "b/b:1");
        Path a = directory("a", "a/a:1");
        ImageInventory merged = merged(b, a);

        assertThat(merged.references())
                .extracting(ImageReference::familiarString)
                .containsExactly("a/a:1", "b/b:1");
        assertThat(merged.occurrences())
                .extracting(it -> it.location() + " " + it.commands())
                .containsExactly(
                        "a/manifests/a.yaml:4 [a/Kubefile:3]", "apps/b/manifests/a.yaml:4 [apps/b/Kubefile:3]");
        assertThat(merged.gaps()).extracting(ScanProblem::file).containsExactly("a/Kubefile", "apps/b/Kubefile");
        assertThat(merged.commandNeeds()).extracting(CommandNeed::file).contains("a/Kubefile", "apps/b/Kubefile");
        assertThat(merged).isEqualTo(merged(a, b));
        assertThat(ImageInventory.parse(merged.toJson())).isEqualTo(merged);
        assertThat(merged.sealosCompat().images()).contains("docker.io/a/a:1", "docker.io/b/b:1");
    }

    @Test
    void mergedWhenDirectoryHasTwoNamesOrIsTheRootKeepsEverythingOnce() throws IOException {
        Path a = directory(".", "a/a:1");

        assertThat(merged(a, root.resolve("manifests/.."))).isEqualTo(scan(root));
    }

    @Test
    void mergedWhenTestHooksAreSavedByOneOnlySaysSo() throws IOException {
        Path a = directory("a", "a/a:1");
        Files.writeString(
                a.resolve("manifests/test.yaml"),
                "kind: Pod\nmetadata: {annotations: {helm.sh/hook: test}}\nspec: {containers: [{image: 'a/t:1'}]}\n");
        Map<Path, ImageInventory> inventories = Map.of(
                a,
                scan(a),
                root.resolve("b"),
                ImageScanner.builder().testHooks(true).build().scan(a));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageInventory.merged(root, inventories))
                .withMessage("some of the inventories save the images of helm test, and others do not; scan all"
                        + " directories with the same choice (testHooks)");
        assertThat(ImageInventory.merged(root, Map.of(a, scan(a))).references()).isEqualTo(scan(a).references());
    }

    @Test
    void emptyWhenADirectoryIsNewIsTheSideWithoutImages() throws IOException {
        ImageInventory now = merged(directory("a", "a/a:1"));

        assertThat(ImageInventory.empty().isComplete()).isTrue();
        assertThat(ImageInventory.parse(ImageInventory.empty().toJson())).isEqualTo(ImageInventory.empty());
        assertThat(ImageDiff.between(ImageInventory.empty(), now)).hasToString("images: 1 added");
        assertThat(ImageDiff.between(ImageInventory.empty(), now).toMarkdown()).contains("a/Kubefile:3");
    }

    @Test
    void betweenWhenInventoriesAreMergedComparesEachDirectoryAndNamesIt() throws IOException {
        Path a = directory("a", "a/a:1");
        Path b = directory("b|`", "a/a:1");
        Path c = directory("c", "c/c:1");
        ImageInventory before = merged(a, b, c);
        directory("a", "a/a:2");
        directory("b|`", "a/a:2");
        directory("c", "a/a:1");
        ImageDiff diff = ImageDiff.between(ImageInventory.parse(before.toJson()), merged(a, b, c));

        assertThat(diff.toMarkdown()).startsWith("""
                **images: 1 added, 1 removed, 1 retagged**

                | change | directories | repository | before | after |
                |---|---|---|---|---|
                | added | `c` | `docker.io/a/a` |  | `1` |
                | retagged | `a`, `b\\|'` | `docker.io/a/a` | `1` | `2` |
                | removed | `c` | `docker.io/c/c` | `1` |  |
                """);
        assertThat(diff.toText()).startsWith("""
                added: docker.io/a/a 1 in c
                retagged: docker.io/a/a 1 -> 2 in a, b|`
                removed: docker.io/c/c 1 in c
                images: 1 added, 1 removed, 1 retagged
                """);
        assertThat(diff.toJson()).contains("\"directories\": [\n        \"a\",\n        \"b|`\"\n      ]");
    }

    @Test
    void betweenWhenOnlyOneSideHasADirectoryNamesItUnlessThereIsOnlyOne() throws IOException {
        Path a = directory("a", "a/a:1");
        Path b = directory("b", "b/b:1");

        assertThat(ImageDiff.between(merged(a), merged(b)).toMarkdown()).contains("| directories |");
        assertThat(ImageDiff.between(merged(a), merged(a, b)).changes())
                .map(ImageDiff.Change::directories)
                .containsExactly(List.of("b"));
        assertThat(ImageDiff.between(ImageInventory.empty(), merged(a)).toMarkdown())
                .doesNotContain("directories");
    }

    @Test
    void betweenWhenADirectoryIsInAnotherCountsFilesInTheInnermost() throws IOException {
        Path outer = directory(".", "a/a:1");
        Path inner = directory("apps/inner", "b/b:1");
        ImageInventory before = merged(outer, inner);
        directory("apps/inner", "b/b:2");

        assertThat(ImageDiff.between(before, merged(outer, inner)).changes())
                .map(ImageDiff.Change::directories)
                .containsExactly(List.of("apps/inner"));
    }

    @Test
    void mergedWhenDifferencesAreOfSeveralDirectoriesNamesThemAndTheirGaps() throws IOException {
        Path a = directory("a", "a/a:1");
        Path b = directory("apps/b", "a/a:1");
        ImageDiff added = ImageDiff.between(ImageInventory.empty(), scan(a));
        Map<Path, ImageDiff> diffs = Map.of(a, added, b, added, root.resolve("gone"), nothing());
        ImageDiff diff = ImageDiff.merged(root, diffs);

        assertThat(diff.toText()).startsWith("""
                added: docker.io/a/a 1 in a, apps/b
                images: 1 added
                images may be missing after: a/Kubefile:3""").contains("\nimages may be missing after: apps/b/Kubefile:3");
        assertThat(ImageDiff.merged(root, Map.of(a, added)).changes())
                .map(ImageDiff.Change::directories)
                .containsExactly(List.of());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageDiff.merged(a, Map.of(b, added)))
                .withMessage(b + " is not below " + a + "; name a directory that contains both");
    }

    private static ImageDiff nothing() {
        return ImageDiff.between(ImageInventory.empty(), ImageInventory.empty());
    }

    @Test
    void readWhenFileIsEndlessEndsAtTheLimit() {
        Path zero = Path.of("/dev/zero");
        assumeTrue(Files.exists(zero), "the machine has no /dev/zero");

        assertThatExceptionOfType(ImageInventoryException.class)
                .isThrownBy(() -> ImageInventory.read(zero))
                .withMessage("/dev/zero: the file is larger than 256 MiB; write it anew from a scan");
        assertThatExceptionOfType(ImageLockException.class)
                .isThrownBy(() -> ImageLock.read(zero))
                .withMessage("/dev/zero: the file is larger than 32 MiB; write it anew from the result of a build");
    }
}
