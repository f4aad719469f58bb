package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealos.oci.ClusterImageDiff.ChartChange;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.progress.Amounts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;

class ClusterImageDiffTests extends ClusterImageDiffFixture {
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
            assertThat(diff.bytesToReceive().orElseThrow()).isBetween(40_000L, 43_000L);
            assertThat(diff.changesOnlyImagesOf("team/shop", "quay.io/team/db")).isTrue();
            assertThat(diff.changesOnlyImagesOf("team/shop")).isFalse();
            assertThat(diff.changesOnlyFiles("images")).isTrue();
            assertThat(diff)
                    .hasToString("images: 1 retagged, 1 with another digest; files: 1 changed; to receive: "
                            + Amounts.size(diff.bytesToReceive().orElseThrow()));
            assertThat(diff.toJson())
                    .contains("\"kind\": \"DIGEST_CHANGED\",", "\"repository\": \"sealos.hub:5000/team/db\"");
            assertThat(ClusterImage.compare(after, after).isEmpty()).isTrue();
        }
    }

    @Test
    void countsTheBlobsOfTheSiteWhenAnImageIsADelta() throws IOException {
        try (DeltaFixture images = new DeltaFixture(directory)) {
            OciLayout base = OciLayout.archive(directory.resolve("base.tar"));
            images.image(List.of(images.put("team/shop:1", 20_000, 1, 2)))
                    .build()
                    .writeTo(base);
            ClusterImageBuilder later = images.image(List.of(images.put("team/shop:2", 20_000, 1, 3)));
            OciLayout full = OciLayout.archive(directory.resolve("full.tar"));
            later.build().writeTo(full);
            OciLayout delta = OciLayout.archive(directory.resolve("delta.tar"));
            later.deltaFrom(DeltaBase.of(base)).build().writeTo(delta);
            assertThat(compare(base, delta).images())
                    .isEqualTo(compare(base, full).images());
            assertThat(compare(base, delta).bytesToReceive())
                    .isEqualTo(compare(base, full).bytesToReceive());
            assertThat(compare(delta, full).images().isEmpty()).isTrue();
            assertThat(compare(delta, full).bytesToReceive()).hasValue(0);
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
}
