package io.sealos.oci.internal.save;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sealos.images.Digest;
import io.sealos.images.ImageReference;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.MediaTypes;
import io.sealos.oci.internal.recipe.VirtualFile;
import io.sealos.oci.internal.source.SaveNotice;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which tags point where, so that everything that is asked for arrives. */
class ArrivalTests extends RegistryFixture {
    private final TestImage amd = new TestImage("amd64", "a", true);
    private final TestImage arm = new TestImage("arm64", "a", true);
    private final byte[] indexBytes = TestImage.index(arm, amd);
    private Digest index;

    @BeforeEach
    void pushAll() {
        amd.pushTo(registry, "app/x", "amd");
        arm.pushTo(registry, "app/x", "arm");
        index = registry.putManifest("app/x", "1", MediaTypes.OCI_INDEX, indexBytes);
    }

    @Test
    void saveWhenDigestOfAManifestIsAskedForGivesItATag() throws Exception {
        SavedImages saved = saving().save("app/x@" + amd.digest());

        assertThat(tags(saved))
                .containsExactly(Map.entry("by-digest-sha256-" + amd.digest().hex(), amd.digest()));
        assertThat(saved.notices()).isEmpty();
    }

    @Test
    void saveWhenDigestOfAnIndexIsAskedForSavesItWholeAndSaysWhatThatCosts() throws Exception {
        SavedImages saved = saving().save("app/x@" + index);

        assertThat(tags(saved)).containsExactly(Map.entry("by-digest-sha256-" + index.hex(), index));
        assertThat(revisions(saved)).containsExactlyInAnyOrder(index, amd.digest(), arm.digest());
        long single = (long) amd.layer().length + amd.config().length + amd.manifest().length + indexBytes.length;
        long all = single + arm.layer().length + arm.config().length + arm.manifest().length;
        assertThat(saved.notices())
                .containsExactly(new SaveNotice(
                        ImageReference.parse("app/x@" + index),
                        "images/shim/list:1",
                        false,
                        "is the digest of an index, which reaches the nodes only as a whole: it is saved for"
                                + " linux/arm64, linux/amd64 with " + all + " bytes, of which linux/amd64 has "
                                + single,
                        "name a tag as well, or choose linux/amd64 only (onePlatform)"));
        assertThat(saved.images().get(0).size()).isEqualTo(all);
    }

    @Test
    void saveWhenOnePlatformOfAnIndexIsChosenSaysThatItsDigestIsUnknownAtTheSite() throws Exception {
        ImageReference reference = ImageReference.parse("app/x@" + index);

        SavedImages saved = saving().choosing(new PlatformChoice(false, true, Set.of(), Set.of(reference)))
                .save(reference.toString());

        assertThat(tags(saved))
                .containsExactly(Map.entry("by-digest-sha256-" + amd.digest().hex(), amd.digest()));
        assertThat(revisions(saved)).containsExactlyInAnyOrder(index, amd.digest());
        assertThat(saved.notices())
                .extracting(SaveNotice::message, SaveNotice::fix)
                .containsExactly(tuple(
                        "is an index of which linux/amd64 alone is saved: nothing has the digest of the index at the"
                                + " site",
                        "name a tag as well, or the digest for linux/amd64, " + amd.digest()));
    }

    @Test
    void saveWhenAllPlatformsAreChosenKeepsTheTagAndCopiesTheIndexBesides() throws Exception {
        SavedImages saved = saving().choosing(new PlatformChoice(true, true, Set.of(), Set.of()))
                .save("app/x:1");

        assertThat(tags(saved))
                .containsExactlyEntriesOf(
                        new TreeMap<>(Map.of("1", amd.digest(), "by-digest-sha256-" + index.hex(), index)));
        assertThat(revisions(saved)).containsExactlyInAnyOrder(index, amd.digest(), arm.digest());
        assertThat(saved.notices()).isEmpty();
    }

    @Test
    void saveWhenIndexCannotBeCopiedWholeSavesOnePlatformAndSaysWhy() throws Exception {
        TestImage absent = new TestImage("s390x", "absent", true);
        Digest sparse = registry.putManifest("app/x", "2", MediaTypes.OCI_INDEX, TestImage.index(amd, absent));
        byte[] outer = bytes("{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_INDEX + "\",\"manifests\":["
                + platform(TestImage.descriptor(MediaTypes.OCI_INDEX, indexBytes)) + "]}");
        Digest nested = registry.putManifest("app/x", "3", MediaTypes.OCI_INDEX, outer);

        SavedImages saved = saving().save("app/x@" + sparse, "app/x@" + nested);

        assertThat(revisions(saved)).containsExactlyInAnyOrder(sparse, nested, index, amd.digest());
        assertThat(saved.notices())
                .extracting(SaveNotice::message)
                .containsExactly(
                        "is an index of which linux/amd64 alone is saved, because it lists " + absent.digest()
                                + " for linux/s390x, which is not there: nothing has the digest of the index at the"
                                + " site",
                        "is an index of which linux/amd64 alone is saved, because it lists " + index
                                + " for linux/amd64, which is not the manifest of an image: nothing has the digest of the"
                                + " index at the site");
    }

    @Test
    void saveWhenLayersAreNotCompressedSaysThatTheDigestIsUnknownAtTheSite() throws Exception {
        TestImage plain = new TestImage("amd64", "plain").pushTo(registry, "app/y", "1");

        assertThat(saving().save("app/y@" + plain.digest()).notices())
                .singleElement()
                .satisfies(notice -> assertThat(notice.isWarning()).isTrue())
                .satisfies(notice -> assertThat(notice.message())
                        .isEqualTo("has layers that are not compressed; sealos compresses them, so nothing has"
                                + " this digest at the site"));
        assertThat(saving().save("app/y:1@" + plain.digest(), "app/y:1").notices())
                .isEmpty();
    }

    @Test
    void saveWhenOneTagStandsForTheSameManifestInTwoWaysIsNoClash() throws Exception {
        registry.putManifest("app/x", "4", MediaTypes.OCI_INDEX, indexBytes);

        SavedImages saved = saving().save("app/x:4", "app/x:4@" + amd.digest());

        assertThat(tags(saved)).containsExactly(Map.entry("4", amd.digest()));
    }

    @Test
    void saveWhenRepeatedMakesTheSameFiles() throws Exception {
        String[] names = {"app/x:1", "app/x@" + index, "app/x@" + other(), "app/x:1@" + index};

        assertThat(files(saving().save(names)))
                .isEqualTo(files(saving().offline().save(names)));
    }

    private Digest other() {
        return new TestImage("amd64", "other", true)
                .pushTo(registry, "app/x", "other")
                .digest();
    }

    private static String platform(String descriptor) {
        return descriptor.substring(0, descriptor.length() - 1)
                + ",\"platform\":{\"os\":\"linux\",\"architecture\":\"amd64\"}}";
    }

    private static Map<String, String> files(SavedImages saved) throws IOException {
        Map<String, String> files = new TreeMap<>();
        for (VirtualFile file : saved.tree().files()) {
            try (InputStream content = file.open()) {
                files.put(file.path(), Digests.sha256(content.readAllBytes()).toString());
            }
        }
        return files;
    }

    private static Map<String, Digest> tags(SavedImages saved) throws IOException {
        Map<String, Digest> tags = new TreeMap<>();
        for (VirtualFile file : saved.tree().files()) {
            if (file.path().endsWith("/current/link")) {
                try (InputStream content = file.open()) {
                    String tag = file.path().replaceAll(".*/tags/(.*)/current/link", "$1");
                    tags.put(tag, Digest.parse(new String(content.readAllBytes(), StandardCharsets.UTF_8)));
                }
            }
        }
        return tags;
    }

    private static List<Digest> revisions(SavedImages saved) {
        return saved.tree().files().stream()
                .map(VirtualFile::path)
                .filter(path -> path.contains("/_manifests/revisions/sha256/"))
                .map(path -> Digest.parse("sha256:" + path.replaceAll(".*/sha256/(.*)/link", "$1")))
                .toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
