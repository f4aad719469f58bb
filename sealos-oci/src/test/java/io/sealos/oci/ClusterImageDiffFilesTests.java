package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sealos.oci.ClusterImageDiff.FileAspect;
import io.sealos.oci.ClusterImageDiff.FileChange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClusterImageDiffFilesTests extends ClusterImageDiffFixture {
    private static final int PAIRS = 40;
    /** Archives of GNU tar with the file s, which is an x after a hole of 100000 bytes, compressed by gzip. */
    private static final String SPARSE =
            "H4sIAAAAAAACA+3UzYrCMBiF4axzFb2CNElD1UW3jisZEC8gMFlU/CNxoHj1hjKIdCOC4w++zybhbELycaLKb9/Ngv8JMZVJ"
                    + "/Aud1c71azZctalG532fG+2sE0UnHuA3HXzMx4vPZG3xNV+qtPcxBbXxq11sjByk7TanWlpzmW79JjRJVvoyjMGvU3sMjekH"
                    + "KwVemyrz9Bb98KbtOihr3djd+SO40v/cdTPov62tEYV+p/4PL/cu/ZeTcaWdNPVkJP9Kq6ktAAB4oo4nAAAAAAAAAAAAuMkJ"
                    + "Wi87LAAoAAA=";

    private static final String OLD_SPARSE =
            "H4sIAAAAAAACA+3QwQnDMAwFUI3iEeradJFO0BXqFDp+TUIvDSEQSELhvYuEDpL4LfZ36W61jrX7reVa87ef5rn0WaT7Ab/F"
                    + "qw2PZ0pxmimDhUTKPJ2tB8ZFAPAX3iIAAAAAAAAAgFUfy1bqJgAoAAA=";

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

    private static Map<String, List<FileAspect>> aspects(ClusterImageDiff diff) {
        return diff.files().stream().collect(Collectors.toMap(FileChange::path, FileChange::aspects));
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

    private OciLayout unzipped(String archive) throws IOException {
        byte[] gzip = Base64.getDecoder().decode(archive);
        try (GZIPInputStream tar = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
            return stored(new TestBase(false, "amd64", "{}").layer(LayerCompression.ZSTD, tar.readAllBytes()));
        }
    }

    @Test
    void isEmptyWhenAFileIsSparseInOneImage() throws IOException {
        OciLayout plain = image(List.of("f 0644 0:0 s " + "\0".repeat(100_000) + "x"));
        assertThat(compare(plain, unzipped(SPARSE)).isEmpty()).isTrue();
    }

    @Test
    void failsWhenASparseFileCannotBeRead() throws IOException {
        OciLayout image = unzipped(OLD_SPARSE);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> ClusterImage.compare(image, image))
                .withMessageEndingWith("cannot be read: 's' is a sparse file that cannot be read; pack it without"
                        + " --sparse, or with --format=posix and at most 68719476736 bytes");
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
