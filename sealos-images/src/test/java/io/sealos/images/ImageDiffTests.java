package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealos.images.ImageDiff.Change;
import io.sealos.images.ImageDiff.Image;
import io.sealos.images.ImageDiff.Kind;
import io.sealos.kubefile.Platform;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageDiffTests {
    private static final String A = "sha256:" + "a".repeat(64);
    private static final String B = "sha256:" + "b".repeat(64);
    private static final Platform AMD64 = Platform.parse("linux/amd64");
    private static final Platform ARM64 = Platform.parse("linux/arm64");

    private static List<Image> images(String... references) {
        return Stream.of(references).map(ImageReference::parse).map(Image::of).toList();
    }

    private static ImageDiff diff(List<Image> before, List<Image> after) {
        return ImageDiff.between(before, after);
    }

    private static ImageLock lock(ImageLock.Builder lock, String reference, String digest, Platform... platforms) {
        for (Platform platform : platforms) {
            lock.add(ImageReference.parse(reference), Digest.parse(digest), platform, List.of("manifests/app.yaml"));
        }
        return lock.build();
    }

    @Test
    void betweenWhenPlatformsOfOneSideAreUnknownDoesNotCompareThem() {
        ImageReference nginx = ImageReference.parse("nginx:1");
        Image known = new Image(nginx, Optional.empty(), List.of(Platform.linuxAmd64()));
        Image unknown = new Image(nginx, Optional.empty(), List.of());

        assertThat(ImageDiff.between(List.of(known), List.of(unknown)).isEmpty())
                .isTrue();
        assertThat(ImageDiff.between(List.of(unknown), List.of(known)).isEmpty())
                .isTrue();
    }

    @Test
    void reversedWhenImagesChangedIsTheOtherDirection() {
        List<Image> before = images("busybox:1.36", "nginx:1.23", "nginx:1.24", "quay.io/a/b:1@" + A, "redis:7.0");
        List<Image> after = images("redis:7.2", "redis:7.0", "quay.io/a/b:1@" + B, "nginx:1.25", "alpine");

        assertThat(diff(before, after).reversed()).isEqualTo(diff(after, before));
        assertThat(diff(before, after).reversed().toText()).startsWith("removed: docker.io/library/alpine latest\n");
    }

    @Test
    void betweenWhenImagesChangedNamesEachChange() {
        ImageDiff diff = diff(
                images("busybox:1.36", "nginx:1.23", "nginx:1.24", "quay.io/a/b:1@" + A, "redis:7.0"),
                images("redis:7.2", "redis:7.0", "quay.io/a/b:1@" + B, "nginx:1.25", "alpine"));

        assertThat(diff.toText()).isEqualTo("""
                added: docker.io/library/alpine latest
                removed: docker.io/library/busybox 1.36
                retagged: docker.io/library/nginx 1.23, 1.24 -> 1.25
                added: docker.io/library/redis 7.2
                other digest: quay.io/a/b 1@%s -> 1@%s
                images: 2 added, 1 removed, 1 retagged, 1 with another digest
                """.formatted(A, B));
        assertThat(diff).hasToString("images: 2 added, 1 removed, 1 retagged, 1 with another digest");
        assertThat(diff.changes(Kind.RETAGGED))
                .containsExactly(new Change(
                        Kind.RETAGGED,
                        "docker.io/library/nginx",
                        images("nginx:1.23", "nginx:1.24"),
                        images("nginx:1.25"),
                        List.of()));
    }

    @Test
    void toMarkdownWhenImagesChangedIsATable() {
        ImageDiff diff = diff(
                images("busybox:1.36", "nginx:1.24", "quay.io/a/b:1@" + A),
                images("redis:7.2", "nginx:1.25", "quay.io/a/b:1@" + B));

        assertThat(diff.toMarkdown()).isEqualTo("""
                **images: 1 added, 1 removed, 1 retagged, 1 with another digest**

                | change | repository | before | after |
                |---|---|---|---|
                | removed | `docker.io/library/busybox` | `1.36` |  |
                | retagged | `docker.io/library/nginx` | `1.24` | `1.25` |
                | added | `docker.io/library/redis` |  | `7.2` |
                | other digest | `quay.io/a/b` | `1@sha256:aaaaaaaaaaaa` | `1@sha256:bbbbbbbbbbbb` |
                """);
    }

    @Test
    void toMarkdownWhenShortDigestsWouldBeEqualShowsWholeOnes() {
        String nearlyA = "sha256:" + "a".repeat(63) + "0";

        assertThat(diff(images("a/b:1@" + A), images("a/b:1@" + nearlyA)).toMarkdown())
                .contains("| `1@" + A + "` | `1@" + nearlyA + "` |");
    }

    @Test
    void toJsonWhenImagesChangedHasAllOfIt() {
        ImageLock before = lock(ImageLock.builder(), "a/b:1", A, AMD64);

        assertThat(ImageDiff.between(before, ImageLock.builder().build()).toJson())
                .isEqualTo("""
                {
                  "version": 1,
                  "complete": true,
                  "gapsBefore": [],
                  "gapsAfter": [],
                  "changes": [
                    {
                      "kind": "REMOVED",
                      "repository": "docker.io/a/b",
                      "before": [
                        {
                          "reference": "docker.io/a/b:1",
                          "digest": "%s",
                          "platforms": [
                            "linux/amd64"
                          ]
                        }
                      ],
                      "after": []
                    }
                  ]
                }
                """.formatted(A));
    }

    @Test
    void betweenWhenNothingChangedIsEmpty() {
        ImageDiff diff = diff(images("nginx", "a/b@" + A, "a/b@" + B), images("a/b@" + B, "a/b@" + A, "nginx:latest"));

        assertThat(diff.isEmpty()).isTrue();
        assertThat(diff.toText()).isEqualTo("no image has changed\n");
        assertThat(diff.toMarkdown()).isEqualTo("No image has changed.\n");
        assertThat(diff.toJson()).isEqualTo("""
                {
                  "version": 1,
                  "complete": true,
                  "gapsBefore": [],
                  "gapsAfter": [],
                  "changes": []
                }
                """);
        assertThat(diff).isEqualTo(diff(List.of(), List.of()));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            a/b@{A},            a/b@{B},            other digest: docker.io/a/b @{A} -> @{B}
            a/b@{A},            a/b@{A} a/b@{B},    added: docker.io/a/b @{B}
            a/b@{A} a/b@{B},    a/b@{B},            removed: docker.io/a/b @{A}
            a/b:1,              a/b@{A},            retagged: docker.io/a/b 1 -> @{A}
            a/b:1,              a/b:1@{A},          other digest: docker.io/a/b 1 -> 1@{A}
            a/b:1@{A},          a/b:1,              other digest: docker.io/a/b 1@{A} -> 1
            a/b:1 a/b:1@{A},    a/b:1@{A},          'other digest: docker.io/a/b 1, 1@{A} -> 1@{A}'
            a/b,                a/b:1,              retagged: docker.io/a/b latest -> 1
            a/b:1@{A},          a/b:2@{A},          retagged: docker.io/a/b 1 -> 2
            """)
    void betweenWhenDigestsAndTagsMixSaysWhichChanged(String before, String after, String expected) {
        assertThat(diff(named(before), named(after)).toText())
                .startsWith(digests(expected) + "\n")
                .hasLineCount(2);
    }

    private static List<Image> named(String references) {
        return images(digests(references).split(" ", -1));
    }

    private static String digests(String text) {
        return text.replace("{A}", A).replace("{B}", B);
    }

    @Test
    void betweenWhenLocksHaveOtherPlatformsSaysSo() {
        ImageLock one = lock(ImageLock.builder(), "a/b:1", A, AMD64);
        ImageLock both = lock(ImageLock.builder(), "a/b:1", A, AMD64, ARM64);
        ImageLock eachItsOwn = lock(lock(A, AMD64), "a/b:1", B, ARM64);
        ImageLock swapped = lock(lock(B, AMD64), "a/b:1", A, ARM64);

        assertThat(ImageDiff.between(one, both).toText()).isEqualTo("""
                other platforms: docker.io/a/b 1 (linux/amd64) -> 1 (linux/amd64, linux/arm64)
                images: 1 with other platforms
                """);
        assertThat(ImageDiff.between(one, eachItsOwn).changes())
                .map(Change::kind)
                .containsExactly(Kind.PLATFORMS_CHANGED);
        assertThat(ImageDiff.between(both, eachItsOwn).toText())
                .startsWith("other digest: docker.io/a/b 1@" + A + " (linux/amd64, linux/arm64) -> 1@" + A
                        + " (linux/amd64), 1@" + B + " (linux/arm64)\n");
        assertThat(ImageDiff.between(eachItsOwn, swapped).changes())
                .map(Change::kind)
                .containsExactly(Kind.DIGEST_CHANGED);
        assertThat(ImageDiff.between(eachItsOwn, eachItsOwn).isEmpty()).isTrue();
    }

    @Test
    void betweenWhenNoPlatformIsCommonComparesTheDigests() {
        ImageLock amd = lock(ImageLock.builder(), "a/b:1", A, AMD64);
        ImageLock sameArm = lock(ImageLock.builder(), "a/b:1", A, ARM64);
        ImageLock otherArm = lock(ImageLock.builder(), "a/b:1", B, ARM64);

        assertThat(ImageDiff.between(amd, sameArm).changes()).map(Change::kind).containsExactly(Kind.PLATFORMS_CHANGED);
        assertThat(ImageDiff.between(amd, otherArm).toText()).isEqualTo("""
                other digest: docker.io/a/b 1@%s (linux/amd64) -> 1@%s (linux/arm64)
                images: 1 with another digest
                """.formatted(A, B));
    }

    private static ImageLock.Builder lock(String digest, Platform platform) {
        return ImageLock.builder()
                .add(ImageReference.parse("a/b:1"), Digest.parse(digest), platform, List.of("images/shim/list"));
    }

    @Test
    void betweenWhenInventoriesAreComparedLeavesOutWhatIsNotSaved() throws IOException {
        ImageDiff diff = ImageDiff.between(
                scanned("image: a/b:1 # image: old/x:1", "a"), scanned("image: a/b:2 # image: old/x:2", "c"));

        assertThat(diff.toText()).isEqualTo("""
                retagged: docker.io/a/b 1 -> 2
                images: 1 retagged
                """);
    }

    private static ImageInventory scanned(String image, String name) throws IOException {
        String pod = "kind: Pod\napiVersion: v1\nmetadata: {name: " + name
                + "}\nspec:\n  containers:\n  - name: x\n    " + image + "\n";
        return ImageScanner.builder()
                .build()
                .scanManifest(name + ".yaml", new ByteArrayInputStream(pod.getBytes(StandardCharsets.UTF_8)));
    }

    /** Compares random sets of images with a plain count: what is added one way is removed the other way. */
    @Test
    void betweenWhenALaterChartDoesNotRenderSaysThatImagesMayBeMissing() throws IOException {
        ImageInventory before = scanned("nginx:1.25", "app.yaml");
        ScanProblem gap = ImageScanner.builder()
                .build()
                .scanManifest("b.yaml", new ByteArrayInputStream("image: {a: `}".getBytes(StandardCharsets.UTF_8)))
                .problems()
                .get(0);
        ImageDiff diff = ImageDiff.between(images("nginx:1.25"), images()).withGaps(List.of(), List.of(gap));

        assertThat(ImageDiff.between(before, before).isComplete()).isTrue();
        assertThat(diff.isComplete()).isFalse();
        assertThat(diff.toText())
                .startsWith(
                        "removed: docker.io/library/nginx 1.25\nimages: 1 removed\nimages may be missing after: b.yaml")
                .doesNotContain("before:");
        assertThat(diff.toMarkdown())
                .contains("\n\n- `images may be missing after: b.yaml")
                .endsWith("`\n");
        assertThat(diff.toMarkdown()
                        .lines()
                        .filter(line -> line.startsWith("- "))
                        .findFirst()
                        .orElseThrow())
                .matches("- `[^`]*`");
        assertThat(diff.toJson())
                .contains("\"complete\": false", "\"gapsBefore\": []", "\"kind\": \"UNREAD\"", "\"file\": \"b.yaml\"")
                .contains("\"line\": 1,\n      \"message\": \"is not valid YAML");
        assertThat(diff.withGaps(List.of(gap), List.of(gap)).toText())
                .contains("images may be missing before and after: b.yaml:1: ");
        assertThat(diff).isNotEqualTo(ImageDiff.between(images("nginx:1.25"), images()));
    }

    @Test
    void betweenWhenImagesAreInAnotherOrderIsTheSameAndTheReverseIsItsMirror() {
        Random random = new Random(18);
        for (int i = 0; i < 200; i++) {
            List<Image> before = new ArrayList<>(some(random));
            List<Image> after = new ArrayList<>(some(random));
            ImageDiff diff = diff(before, after);
            Collections.shuffle(before, random);
            Collections.shuffle(after, random);
            assertThat(diff(before, after)).isEqualTo(diff).hasSameHashCodeAs(diff);
            assertThat(diff(after, before).changes()).containsExactlyInAnyOrderElementsOf(mirrored(diff));
            assertThat(diff.isEmpty()).isEqualTo(Set.copyOf(before).equals(Set.copyOf(after)));
        }
    }

    private static List<Image> some(Random random) {
        return IntStream.range(0, random.nextInt(6))
                .mapToObj(it -> Image.of(ImageReference.parse(
                        "a/" + (char) ('a' + random.nextInt(3)) + tag(random.nextInt(3)) + digest(random.nextInt(3)))))
                .toList();
    }

    private static String tag(int number) {
        return number == 0 ? "" : ":" + number;
    }

    private static String digest(int number) {
        return number == 0 ? "" : "@" + (number == 1 ? A : B);
    }

    private static List<Change> mirrored(ImageDiff diff) {
        return diff.changes().stream()
                .map(it -> new Change(
                        mirrored(it.kind()),
                        it.repository(),
                        /* before= */ it.after(),
                        /* after= */ it.before(),
                        List.of()))
                .toList();
    }

    private static Kind mirrored(Kind kind) {
        return switch (kind) {
            case ADDED -> Kind.REMOVED;
            case REMOVED -> Kind.ADDED;
            default -> kind;
        };
    }
}
