package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sealos.oci.ClusterImageDiff.ChartChange;
import io.sealos.oci.ClusterImageDiff.FileAspect;
import io.sealos.oci.ClusterImageDiff.FileChange;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.progress.Amounts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClusterImageDiffTests extends MergeFixture {
    private static final int PAIRS = 40;
    private static final String LINK_JSON = """
                    "uid": 0,
                    "gid": 0,
                    "size": 0,
                    "digest": "",
                    "target": "b",
                    "layer": 1
                  }
                }
              ]
            }
            """;

    private ClusterImageDiff compare(OciLayout before, OciLayout after) throws IOException {
        ClusterImageDiff diff = ClusterImage.compare(before, after);
        ClusterImageDiff other = ClusterImage.compare(after, before);
        assertThat(diff.reversed()).isEqualTo(other).hasSameHashCodeAs(other);
        assertThat(other.reversed()).isEqualTo(diff);
        return diff;
    }

    private static Map<String, List<FileAspect>> aspects(ClusterImageDiff diff) {
        return diff.files().stream().collect(Collectors.toMap(FileChange::path, FileChange::aspects));
    }

    private static List<String> lines(ClusterImageDiff diff) {
        return diff.toText().lines().toList();
    }

    private OciLayout earlier() throws IOException {
        return image(List.of(
                "d 0755 0:0 etc/",
                "f 0644 0:0 etc/same x",
                "f 0644 0:0 etc/gone x",
                "f 0644 0:0 etc/text before",
                "f 0644 0:0 etc/mode x",
                "f 0644 0:0 etc/owner x",
                "l 0777 0:0 etc/link a",
                "f 0644 0:0 etc/type x"));
    }

    private OciLayout later() throws IOException {
        return image(
                List.of("d 0755 0:0 etc/", "f 0644 0:0 etc/same x"),
                List.of(
                        "f 0644 0:0 etc/new x",
                        "f 0644 0:0 etc/text after!!",
                        "f 0755 0:0 etc/mode x",
                        "f 0644 1:2 etc/owner x",
                        "l 0777 0:0 etc/link b",
                        "l 0777 0:0 etc/type x"));
    }

    @Test
    void listsFilesWhenAddedRemovedAndChanged() throws IOException {
        ClusterImageDiff diff = compare(earlier(), later());
        assertThat(lines(diff))
                .containsExactly(
                        "removed: etc/gone (file, mode 0644, 1 B)",
                        "changed: etc/link (target a -> b)",
                        "changed: etc/mode (mode 0644 -> 0755)",
                        "added: etc/new (file, mode 0644, 1 B)",
                        "changed: etc/owner (owner 0:0 -> 1:2)",
                        "changed: etc/text (content 6db7d803e74f of 6 B -> 1f3dfeb98418 of 7 B)",
                        "changed: etc/type (file -> link)",
                        "files: 1 added, 1 removed, 5 changed; to receive: 0 B");
        assertThat(diff.files().get(3).after())
                .map(ClusterImageDiff.File::layer)
                .hasValue(2);
        assertThat(diff.changesOnlyFiles("etc")).isTrue();
        assertThat(diff.changesOnlyFiles("et", "etc/text")).isFalse();
    }

    @ParameterizedTest
    @EnumSource(LayerCompression.class)
    void isEmptyWhenTheSameFilesAreInOtherLayers(LayerCompression compression) throws IOException {
        TestBase parts = TestBase.oci()
                .layer(compression, TestBase.tar("d 0755 0:0 opt/", "f 0644 0:0 opt/a old", "f 0644 0:0 opt/b x"))
                .layer(compression, TestBase.tar("f 0644 0:0 opt/a new", "f 0644 0:0 opt/.wh.b"));
        TestBase whole =
                TestBase.oci().layer(LayerCompression.NONE, TestBase.tar("d 0755 0:0 opt/", "f 0644 0:0 opt/a new"));
        ClusterImageDiff diff = compare(stored(parts), stored(whole));
        assertThat(diff.isEmpty()).isTrue();
        assertThat(diff.toText()).isEqualTo("nothing has changed\n");
        assertThat(diff.toMarkdown()).isEqualTo("Nothing has changed.\n");
        assertThat(diff.toJson()).isEqualTo("""
                {
                  "version": 1,
                  "bytesToReceive": 0,
                  "images": [],
                  "charts": [],
                  "settings": [],
                  "files": []
                }
                """);
    }

    @Test
    void followsLinksAndOpaqueDirectoriesWhenLayersMeet() throws IOException {
        OciLayout before = image(List.of(
                "d 0755 0:0 a/", "f 0644 0:0 a/b x", "f 0644 0:0 a/c x", "h 0644 0:0 name a/b", "l 0777 0:0 s a"));
        OciLayout after = image(
                List.of("d 0755 0:0 a/", "f 0644 0:0 a/b x", "h 0644 0:0 name a/b", "l 0777 0:0 s a"),
                List.of("f 0644 0:0 a/.wh..wh..opq", "f 0644 0:0 s/d through-the-link"));
        assertThat(aspects(compare(before, after)).keySet()).containsExactlyInAnyOrder("a/b", "a/c", "a/d");
    }

    @Test
    void leavesOutTheRegistryDirectoryWhenFilesAreCompared() throws IOException {
        OciLayout before = image(List.of("d 0755 0:0 registry/", "f 0644 0:0 registry/note 1"));
        OciLayout after = image(List.of("d 0755 0:0 registry/", "f 0644 0:0 registry/note 22"));
        assertThat(compare(before, after).isEmpty()).isTrue();
    }

    @Test
    void listsSettingsWhenTheConfigurationChanges() throws IOException {
        OciLayout before = image("""
                {"Env":["A=1","B=2"],"Entrypoint":["first"],"Cmd":["one","two"],
                 "Labels":{"gone":"","sealos.io.type":"rootfs"}}""", List.of("d 0755 0:0 a/"));
        OciLayout after = image("""
                {"Env":["B=3","A=1"],"Entrypoint":["first"],"Cmd":["two","one"],
                 "Labels":{"sealos.io.type":"patch"}}""", List.of("d 0755 0:0 a/"));
        ClusterImageDiff diff = compare(before, after);
        assertThat(lines(diff))
                .containsExactly(
                        "type: \"rootfs\" -> \"patch\"",
                        "CMD: [\"one\", \"two\"] -> [\"two\", \"one\"]",
                        "ENV B: \"2\" -> \"3\"",
                        "LABEL gone: \"\" -> (none)",
                        "LABEL sealos.io.type: \"rootfs\" -> \"patch\"",
                        "settings: 5 changed; to receive: 0 B");
        assertThat(diff.settings().get(2).name()).isEqualTo("B");
    }

    @Test
    void listsThePlatformWhenItIsAnotherOne() throws IOException {
        TestBase arm = new TestBase(false, "arm64", TestBase.ROOTFS).layer(LayerCompression.NONE, TestBase.tar());
        OciLayout amd = stored(TestBase.oci().layer(LayerCompression.NONE, TestBase.tar()));
        assertThat(lines(compare(amd, stored(arm))))
                .containsExactly(
                        "platform: \"linux/amd64\" -> \"linux/arm64\"", "settings: 1 changed; to receive: 0 B");
    }

    @Test
    void listsVersionsOfChartsWhenTheyAreDirectories() throws IOException {
        OciLayout before = image(List.of(
                "f 0644 0:0 charts/shop/Chart.yaml name: shop\nversion: 1.0.0\n",
                "f 0644 0:0 charts/shop/charts/db/Chart.yaml name: db\nversion: 3.0.0\n",
                "f 0644 0:0 charts/old/Chart.yaml name: old\nversion: 2.0.0\n"));
        OciLayout after = image(List.of(
                "f 0644 0:0 charts/shop/Chart.yaml name: shop\nversion: 1.1.0\n",
                "f 0644 0:0 charts/shop/charts/db/Chart.yaml name: db\nversion: 4.0.0\n",
                "f 0644 0:0 charts/two/new/Chart.yaml name: new\nversion: \"0.1\"\n"));
        assertThat(compare(before, after).charts())
                .containsExactly(
                        new ChartChange("new", List.of(), List.of("0.1")),
                        new ChartChange("old", List.of("2.0.0"), List.of()),
                        new ChartChange("shop", List.of("1.0.0"), List.of("1.1.0")));
    }

    @Test
    void listsVersionsOfChartsWhenTheyArePacked() throws IOException {
        byte[] chart = gzip(TestBase.tar(
                "f 0644 0:0 shop/charts/db/Chart.yaml name: db\nversion: 1\n",
                "f 0644 0:0 ./shop/Chart.yaml version: 2.0.0\nname: 'shop'\n",
                "f 0644 0:0 shop/values.yaml a: b\n"));
        OciLayout before = image(List.of("f 0644 0:0 charts/shop.tgz no chart"));
        OciLayout after = stored(new TestBase(false, "amd64", "{}").layer(LayerCompression.GZIP, packed(chart)));
        ClusterImageDiff diff = compare(before, after);
        assertThat(diff.charts()).containsExactly(new ChartChange("shop", List.of(), List.of("2.0.0")));
        assertThat(diff.files())
                .singleElement()
                .extracting(file -> file.after().orElseThrow().digest().orElseThrow())
                .isEqualTo(Digests.sha256(chart));
    }

    private static byte[] packed(byte[] chart) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            TarArchiveEntry entry = new TarArchiveEntry("charts/shop.tgz");
            entry.setMode(0644);
            entry.setSize(chart.length);
            tar.putArchiveEntry(entry);
            tar.write(chart);
            tar.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }

    @Test
    void listsImagesAndBytesWhenTheRegistryChanges() throws IOException {
        try (DeltaFixture images = new DeltaFixture(directory)) {
            OciLayout before = OciLayout.archive(directory.resolve("before.tar"));
            images.image(List.of(images.put("team/shop:1", 20_000, 1, 2), images.put("team/db:1", 20_000, 1, 4)))
                    .build()
                    .writeTo(before);
            OciLayout after = OciLayout.archive(directory.resolve("after.tar"));
            images.image(List.of(images.put("team/shop:2", 20_000, 1, 3), images.put("team/db:1", 20_000, 1, 5)))
                    .build()
                    .writeTo(after);
            ClusterImageDiff diff = compare(before, after);
            assertThat(diff.toMarkdown().lines().filter(line -> line.contains("sealos.hub")))
                    .satisfiesExactly(
                            db -> assertThat(db).startsWith("| other digest | `sealos.hub:5000/team/db` | `1@sha256:"),
                            shop -> assertThat(shop)
                                    .isEqualTo("| retagged | `sealos.hub:5000/team/shop` | `1` | `2` |"));
            assertThat(diff.bytesToReceive()).isBetween(40_000L, 43_000L);
            assertThat(diff.changesOnlyImagesOf("team/shop", "quay.io/team/db")).isTrue();
            assertThat(diff.changesOnlyImagesOf("team/shop")).isFalse();
            assertThat(diff.changesOnlyFiles("images")).isTrue();
            assertThat(diff)
                    .hasToString("images: 1 retagged, 1 with another digest; files: 1 changed; to receive: "
                            + Amounts.size(diff.bytesToReceive()));
            assertThat(diff.toJson())
                    .contains("\"kind\": \"DIGEST_CHANGED\",", "\"repository\": \"sealos.hub:5000/team/db\"");
            assertThat(ClusterImage.compare(after, after).isEmpty()).isTrue();
        }
    }

    @Test
    void writesMarkdownWhenNamesHaveMarkup() throws IOException {
        OciLayout before = image("{\"Labels\":{\"a|b\":\"`x`\"}}", List.of("f 0644 0:0 charts/a/Chart.yaml name: a\n"));
        OciLayout after =
                image("{\"Labels\":{\"a|b\":\"y\"}}", List.of("f 0600 0:0 charts/a/Chart.yaml name: a\nversion: 1\n"));
        assertThat(compare(before, after).toMarkdown()).isEqualTo("""
                **charts: 1 changed; settings: 1 changed; files: 1 changed; to receive: 0 B**

                | setting | before | after |
                |---|---|---|
                | `chart a` | `(no version)` | `1` |
                | `LABEL a\\|b` | `"'x'"` | `"y"` |

                | change | file | difference |
                |---|---|---|
                | changed | `charts/a/Chart.yaml` | `mode 0644 -> 0600, content 1e7e5f3c45fc of 8 B -> 3630ea2f94ce of 19 B` |
                """);
    }

    @Test
    void writesJsonWhenAFileBecomesALink() throws IOException {
        OciLayout before = image(List.of("f 0644 0:0 a x"));
        OciLayout after = image(List.of("l 0777 0:0 a b"));
        assertThat(compare(before, after).toJson()).contains("""
                  "files": [
                    {
                      "path": "a",
                      "aspects": [
                        "TYPE"
                      ],
                      "before": {
                        "type": "FILE",
                        "mode": "0644",
                        "uid": 0,
                        "gid": 0,
                        "size": 1,
                        "digest": "sha256:2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881",
                        "target": "",
                        "layer": 1
                      },
                      "after": {
                        "type": "SYMLINK",
                        "mode": "0777",
                """).endsWith(LINK_JSON);
    }

    @Test
    void writesJsonWhenSettingsAndChartsChange() throws IOException {
        OciLayout before = image(List.of("f 0644 0:0 charts/a/Chart.yaml name: a"));
        OciLayout after = image("{\"Cmd\":[\"x\"]}", List.of("f 0644 0:0 charts/other name: a"));
        assertThat(compare(before, after).toJson()).contains("""
                  "charts": [
                    {
                      "name": "a",
                      "before": [
                        ""
                      ],
                      "after": []
                    }
                  ],
                  "settings": [
                    {
                      "setting": "CMD",
                      "name": "",
                      "before": [],
                      "after": [
                        "x"
                      ]
                    }
                  ],
                """);
    }

    @Test
    void findsTheDifferencesOfFlattenedImagesWhenImagesAreRandom() throws IOException {
        int changed = 0;
        for (long seed = 0; seed < PAIRS; seed++) {
            List<TestBase> pair = MergePairs.of(seed);
            OciLayout before = stored(pair.get(0));
            OciLayout after = stored(pair.get(1));
            ClusterImageDiff diff = compare(before, after);
            List<String> wanted = differences(number - 2, number - 1);
            assertThat(diff.files().stream().map(FileChange::path))
                    .as("pair " + seed)
                    .containsExactlyElementsOf(wanted);
            assertThat(ClusterImage.compare(after, after).isEmpty()).isTrue();
            changed += wanted.isEmpty() ? 0 : 1;
        }
        assertThat(changed).isGreaterThan(PAIRS / 2);
    }

    /** The paths in which two images of this directory differ when they are unpacked. */
    private List<String> differences(int before, int after) throws IOException {
        SortedMap<String, ObjectNode> earlier = unpacked(before);
        SortedMap<String, ObjectNode> later = unpacked(after);
        TreeSet<String> paths = new TreeSet<>(earlier.keySet());
        paths.addAll(later.keySet());
        List<String> differences = new ArrayList<>(paths);
        differences.removeIf(
                path -> Optional.ofNullable(earlier.get(path)).equals(Optional.ofNullable(later.get(path))));
        return differences;
    }

    private SortedMap<String, ObjectNode> unpacked(int image) throws IOException {
        Path layout = directory.resolve("image-" + image);
        return FlattenedImage.of(layout).files();
    }

    @Test
    void failsWhenTheLayersOfASourceAreNotRead() throws IOException {
        OciLayout image = image(List.of("f 0644 0:0 a x"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClusterImage.compare(image, RegistryImage.of("registry.example/a:1")))
                .withMessageEndingWith("is at a registry, where its layers are not read; write it to a layout first");
    }

    @Test
    void failsWhenALayerIsBroken() throws IOException {
        OciLayout image = image(List.of("f 0644 0:0 a x"));
        OciLayout broken = image(List.of("h 0644 0:0 b nowhere"));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> ClusterImage.compare(image, broken))
                .withMessageEndingWith("'b' is a hard link to 'nowhere', which is not an earlier file");
    }

    @Test
    void choosesAnImageWhenASourceHasSeveralPlatforms() throws IOException {
        OciLayout image = image(List.of("f 0644 0:0 a x"));
        assertThatExceptionOfType(ImageChoiceException.class)
                .isThrownBy(() -> ClusterImage.compare(
                        image, ImageChoice.any(), image, ImageChoice.any().platform("linux/arm64")));
    }
}
