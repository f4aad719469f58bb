package io.sealos.oci;

import static org.assertj.core.api.Assumptions.assumeThat;

import io.sealos.internal.files.FileSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A context that is built several times into one layout, and changes in between. */
final class ChangingContext {
    private final Path directory;
    private final Path context;

    private ChangingContext(Path directory) {
        this.directory = directory;
        this.context = directory.resolve("context");
    }

    /** A context at rest, of two layers. */
    static ChangingContext in(Path directory) throws Exception {
        assumeThat(directory.getFileSystem().supportedFileAttributeViews()).contains("unix");
        ChangingContext files = new ChangingContext(directory);
        files.write("Kubefile", "FROM scratch\nCOPY registry registry\nCOPY charts charts\n");
        files.write("registry/blob", "0123456789");
        files.write("charts/a/values.yaml", "a: 1\n");
        files.write("charts/b/values.yaml", "b: 1\n");
        rest();
        return files;
    }

    /** Waits until a file that is changed now counts as unchanged. */
    static void rest() throws IOException, InterruptedException {
        Path newest = Files.createTempFile("newest-", "");
        while (FileSnapshot.of(newest).settledState().isEmpty()) {
            Thread.sleep(5);
        }
        Files.delete(newest);
    }

    Path resolve(String path) {
        return context.resolve(path);
    }

    Path layout() {
        return directory.resolve("layout");
    }

    void write(String path, String content) throws IOException {
        Path file = context.resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, content);
    }

    ClusterImageBuilder builder() {
        return ClusterImage.builder()
                .context(context)
                .contentStore(directory.resolve("store"))
                .saveImages(false);
    }

    BuildResult build() throws IOException {
        return build(builder());
    }

    BuildResult build(ClusterImageBuilder builder) throws IOException {
        return build(builder, layout());
    }

    static BuildResult build(ClusterImageBuilder builder, Path layout) throws IOException {
        BuildResult done = builder.build().writeTo(OciLayout.directory(layout));
        OciLayoutVerifier.verify(layout).orThrow();
        return done;
    }

    /** Builds without the records of earlier builds. */
    BuildResult fresh() throws IOException {
        Path other = Files.createTempDirectory(directory, "fresh");
        ClusterImageBuilder builder =
                builder().contentStore(other.resolve("store")).reuseLayers(false);
        return build(builder, other.resolve("layout"));
    }
}
