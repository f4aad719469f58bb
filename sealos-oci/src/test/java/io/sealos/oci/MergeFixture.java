package io.sealos.oci;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sealos.images.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;

/** Layouts that are merged, and what the merged image consists of. */
abstract class MergeFixture {
    @TempDir
    Path directory;

    int number;

    /** An image of uncompressed layers, of which each is a list of entries. */
    @SafeVarargs
    final OciLayout image(List<String>... layers) throws IOException {
        return image("{}", layers);
    }

    @SafeVarargs
    final OciLayout image(String config, List<String>... layers) throws IOException {
        TestBase image = new TestBase(false, "amd64", config);
        for (List<String> layer : layers) {
            image.layer(LayerCompression.NONE, TestBase.tar(layer.toArray(String[]::new)));
        }
        return stored(image);
    }

    OciLayout stored(TestBase image) throws IOException {
        HandMadeLayout layout = new HandMadeLayout(directory.resolve("image-" + number++));
        image.storeIn(layout);
        return OciLayout.directory(layout.directory());
    }

    WriteResult write(ImageMerge merge) throws IOException {
        Path merged = directory.resolve("merged-" + number++);
        WriteResult done = merge.contentStore(directory.resolve("store")).writeTo(OciLayout.directory(merged));
        OciLayoutVerifier.verify(merged).orThrow();
        return done;
    }

    Path layoutOf(WriteResult done) {
        return Path.of(done.target().toString().substring("oci:".length()));
    }

    static List<Digest> layers(WriteResult done) {
        return done.manifests().get(0).layers().stream().map(BuildLayer::digest).toList();
    }

    static List<Digest> layers(OciLayout image) throws IOException {
        return ClusterImage.inspect(image).layers().stream()
                .map(InspectedLayer::digest)
                .toList();
    }

    /** Each path with its content, mode, or target. */
    Map<String, String> files(WriteResult done) throws IOException {
        Map<String, String> files = new TreeMap<>();
        FlattenedImage.of(layoutOf(done)).files().forEach((path, file) -> files.put(path, shown(file)));
        return files;
    }

    private static String shown(ObjectNode file) {
        return switch (file.path("type").asText()) {
            case "dir" -> file.path("mode").asText();
            case "file" -> file.path("size").asText();
            default -> file.path("target").asText();
        };
    }

    List<String> history(WriteResult done) throws IOException {
        return FlattenedImage.of(layoutOf(done)).document().findValuesAsText("created_by");
    }
}
