package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealos.kubefile.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Differences between locks and scans, and the gaps that are new. */
class LockDiffTests {
    private static final String A = "sha256:" + "a".repeat(64);
    private static final String B = "sha256:" + "b".repeat(64);
    private static final Platform AMD64 = Platform.parse("linux/amd64");
    private static final Platform ARM64 = Platform.parse("linux/arm64");

    @TempDir
    private Path context;

    private void write(String name, String text) throws IOException {
        Path file = context.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private ImageInventory scanned(String... images) throws IOException {
        write("Kubefile", "FROM scratch\nCOPY . .\nCMD [\"kubectl apply -f manifests\"]\n");
        StringBuilder pods = new StringBuilder();
        for (String image : images) {
            pods.append("---\napiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - image: " + image + "\n");
        }
        write("manifests/app.yaml", pods.toString());
        return ImageScanner.builder().build().scan(context);
    }

    private static ImageLock.Builder locked(ImageLock.Builder lock, String image, String digest, Platform platform) {
        return lock.add(ImageReference.parse(image), Digest.parse(digest), platform, List.of());
    }

    private static ImageLock lock(String... images) {
        ImageLock.Builder lock = ImageLock.builder();
        for (String image : images) {
            locked(locked(lock, image, A, AMD64), image, image.contains("@") ? A : B, ARM64);
        }
        return lock.build();
    }

    @Test
    void betweenWhenTheLockLacksAnImageSaysWhichInBothDirections() throws IOException {
        ImageLock lock = lock("nginx:1.25", "redis:7.0", "busybox");
        ImageInventory inventory = scanned("nginx:1.25", "redis:7.2", "alpine:3.20");

        assertThat(ImageDiff.between(lock, inventory).toText()).isEqualTo("""
                added: docker.io/library/alpine 3.20
                removed: docker.io/library/busybox latest
                retagged: docker.io/library/redis 7.0 -> 7.2
                images: 1 added, 1 removed, 1 retagged
                """);
        assertThat(ImageDiff.between(inventory, lock).toText()).isEqualTo("""
                removed: docker.io/library/alpine 3.20
                added: docker.io/library/busybox latest
                retagged: docker.io/library/redis 7.2 -> 7.0
                images: 1 added, 1 removed, 1 retagged
                """);
    }

    @Test
    void betweenWhenTheLockHasDigestsOfPlatformsComparesTagsOnly() throws IOException {
        ImageInventory inventory = scanned("nginx:1.25", "busybox", "quay.io/a/b@" + A);
        ImageLock lock = lock("nginx:1.25", "busybox:latest", "quay.io/a/b@" + A);

        assertThat(ImageDiff.between(lock, inventory).isEmpty()).isTrue();
        assertThat(ImageDiff.between(inventory, lock).isEmpty()).isTrue();
    }

    @Test
    void betweenWhenTheDirectoryNamesAnotherDigestSaysSo() throws IOException {
        ImageDiff diff = ImageDiff.between(lock("quay.io/a/b:1@" + A), scanned("quay.io/a/b:1@" + B));

        assertThat(diff.toText())
                .isEqualTo("other digest: quay.io/a/b 1@" + A + " -> 1@" + B + "\nimages: 1 with another digest\n");
    }

    @Test
    void betweenWhenTheLockHasAnArtifactThatIsStillFetchedDoesNotCallItRemoved() throws IOException {
        ImageInventory scanned = scanned("nginx:1.25");
        write("manifests/chart.yaml", """
                apiVersion: source.toolkit.fluxcd.io/v1
                kind: OCIRepository
                metadata: {name: web, namespace: n}
                spec: {url: "oci://r.e/c/web", ref: {tag: 1.0.0}}
                """);
        ImageInventory inventory = ImageScanner.builder().build().scan(context);

        assertThat(inventory.artifacts()).hasToString("[r.e/c/web:1.0.0]");
        assertThat(ImageDiff.between(lock("nginx:1.25", "r.e/c/web:1.0.0"), inventory)
                        .isEmpty())
                .isTrue();
        assertThat(ImageDiff.between(lock("nginx:1.25"), inventory).isEmpty()).isTrue();
        assertThat(ImageDiff.between(lock("nginx:1.25", "r.e/c/web:1.0.0"), scanned)
                        .toString())
                .isEqualTo("images: 1 removed");
    }

    private ImageInventory withBroken(String manifest) throws IOException {
        scanned("nginx:1.25");
        write("manifests/broken.yaml", manifest);
        return ImageScanner.builder().build().scan(context);
    }

    @Test
    void newGapsWhenTheLineOfAGapMovesHasNone() throws IOException {
        ImageInventory before = withBroken("image: {a: `}\n");
        ImageInventory after = withBroken("# one\n# two\nimage: {a: `}\n");
        ImageDiff diff = ImageDiff.between(before, after);

        assertThat(before.gaps()).hasSize(1);
        assertThat(after.gaps()).hasSize(1).isNotEqualTo(before.gaps());
        assertThat(diff.newGaps()).isEmpty();
        assertThat(diff.isComplete()).isFalse();
        assertThat(diff.toText())
                .contains("images may be missing before and after: manifests/broken.yaml:3: ")
                .doesNotContain("missing after:", "missing before:");
        assertThat(diff.toJson()).contains("\"new\": false").doesNotContain("\"new\": true");
    }

    @Test
    void newGapsWhenAFileHasAnotherGapHasThatOne() throws IOException {
        ImageInventory before = withBroken("image: {a: `}\n");
        ImageInventory after = withBroken("image: {a: `}\n");
        write("manifests/other.yaml", "image: {a: `}\n");
        ImageInventory more = ImageScanner.builder().build().scan(context);

        assertThat(ImageDiff.between(before, after).newGaps()).isEmpty();
        assertThat(ImageDiff.between(after, more).newGaps())
                .extracting(ScanProblem::file)
                .containsExactly("manifests/other.yaml");
        assertThat(ImageDiff.between(after, more).toJson()).contains("\"new\": true");
        assertThat(ImageDiff.between(lock("nginx:1.25"), more).newGaps()).isEqualTo(more.gaps());
    }
}
