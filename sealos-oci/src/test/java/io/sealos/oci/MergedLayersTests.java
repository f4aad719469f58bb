package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the layers and files of merged images. */
class MergedLayersTests extends MergeFixture {
    @Test
    void writeToWhenLayersAreIndependentKeepsThemByteForByte() throws IOException {
        OciLayout one = image(List.of("f 0644 0:0 a 1"), List.of("d 0700 0:0 d/", "f 0644 0:0 d/a 1"));
        OciLayout two = image(List.of("d 0700 0:0 d/", "f 0644 0:0 d/b 22", "f 0644 0:0 a 333"));

        WriteResult done = write(ClusterImage.merge(one, two));

        assertThat(layers(done))
                .containsExactly(
                        layers(one).get(0), layers(one).get(1), layers(two).get(0));
        assertThat(files(done)).isEqualTo(Map.of("a", "3", "d", "0700", "d/a", "1", "d/b", "2"));
    }

    @Test
    void writeToWhenImagesShareTheirLowestLayersHasThemOnce() throws IOException {
        List<String> base = List.of("d 0755 0:0 etc/", "f 0644 0:0 etc/base 1");
        OciLayout one = image(base, List.of("f 0644 0:0 etc/one 1"));
        OciLayout two = image(base, List.of("f 0644 0:0 etc/two 1"));

        WriteResult done = write(ClusterImage.merge(one, two));

        assertThat(layers(done))
                .containsExactly(
                        layers(one).get(0), layers(one).get(1), layers(two).get(1));
        assertThat(files(done)).containsOnlyKeys("etc", "etc/base", "etc/one", "etc/two");
        assertThat(history(done)).hasSize(3);
    }

    @Test
    void writeToWhenALayerDeletesFilesOfAnotherImageWritesOnlyThisLayerAgain() throws IOException {
        OciLayout one = image(List.of("d 0755 0:0 d/", "f 0644 0:0 d/mine 1", "f 0644 0:0 keep 1"));
        OciLayout two = image(
                List.of("d 0755 0:0 d/", "f 0644 0:0 d/theirs 1"),
                List.of("f 0644 0:0 d/.wh..wh..opq", "f 0644 0:0 d/new 1"),
                List.of("f 0644 0:0 .wh.keep", "f 0644 0:0 last 1"));

        WriteResult done = write(ClusterImage.merge(one, two));

        assertThat(files(done)).containsOnlyKeys("d", "d/mine", "d/new", "keep", "last");
        assertThat(layers(done))
                .startsWith(layers(one).get(0), layers(two).get(0))
                .doesNotContain(layers(two).get(1));
    }

    @Test
    void writeToWhenALayerDeletesFilesOfItsOwnImageOnlyKeepsIt() throws IOException {
        OciLayout one = image(List.of("f 0644 0:0 mine 1"));
        OciLayout two = image(List.of("f 0644 0:0 theirs 1", "f 0644 0:0 other 1"), List.of("f 0644 0:0 .wh.theirs"));

        WriteResult done = write(ClusterImage.merge(one, two));

        assertThat(files(done)).containsOnlyKeys("mine", "other");
        assertThat(layers(done))
                .containsExactly(
                        layers(one).get(0), layers(two).get(0), layers(two).get(1));
    }

    @Test
    void writeToWhenAnImageHasChangedAFileOfASharedLayerUsesTheLastImage() throws IOException {
        List<String> base = List.of("f 0644 0:0 f base");
        OciLayout one = image(base, List.of("f 0644 0:0 f changed"));
        OciLayout two = image(base, List.of("f 0644 0:0 g 1"));

        ImageMerge merge = ClusterImage.merge(one, two);

        assertThat(files(write(merge))).containsEntry("f", "4");
        assertThat(layers(write(merge)))
                .hasSize(4)
                .startsWith(layers(one).get(0), layers(one).get(1), layers(two).get(1));
        assertThat(history(write(merge))).endsWith("MERGE the files that the layers of one image hide from another");
        assertThat(files(write(merge.prefer(one)))).containsEntry("f", "7");
        assertThat(layers(write(merge.prefer(one)))).hasSize(3);
    }

    @Test
    void writeToWhenAHardLinkIsToALowerLayerRepeatsTheLayers() throws IOException {
        List<String> base = List.of("f 0644 0:0 f base");
        OciLayout one = image(base, List.of("f 0644 0:0 f changed"));
        OciLayout two = image(base, List.of("h 0644 0:0 g f"));

        WriteResult done = write(ClusterImage.merge(one, two));

        assertThat(files(done)).isEqualTo(Map.of("f", "4", "g", "4"));
        assertThat(layers(done))
                .containsExactly(
                        layers(one).get(0),
                        layers(one).get(1),
                        layers(two).get(0),
                        layers(two).get(1));
    }

    /** The files are those of a build that copies the images over each other. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void writeToWhenImagesAreGeneratedHasTheFilesOfTheirCopies(int group) throws IOException {
        for (int seed : IntStream.range(group * 20, group * 20 + 20).toArray()) {
            List<OciLayout> images = new ArrayList<>();
            for (TestBase image : MergePairs.of(seed)) {
                images.add(stored(image));
            }
            WriteResult done = write(ClusterImage.merge(images.toArray(ImageSource[]::new)));

            assertThat(FlattenedImage.of(layoutOf(done)).files())
                    .as("seed " + seed)
                    .isEqualTo(FlattenedImage.of(copied(images)).files());
        }
    }

    private Path copied(List<OciLayout> images) throws IOException {
        StringBuilder kubefile = new StringBuilder("FROM scratch\n");
        for (int i = 0; i < images.size(); i++) {
            kubefile.append("COPY --from=image").append(i).append(" . .\n");
        }
        ClusterImageBuilder builder =
                ClusterImage.builder().file("Kubefile", kubefile.toString()).contentStore(directory.resolve("store"));
        for (int i = 0; i < images.size(); i++) {
            builder.baseImage("image" + i, images.get(i));
        }
        Path layout = directory.resolve("copied-" + number++);
        builder.build().writeTo(OciLayout.directory(layout));
        return layout;
    }
}
