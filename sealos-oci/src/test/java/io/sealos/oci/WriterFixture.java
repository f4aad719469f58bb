package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealos.kubefile.ContainerConfig;
import io.sealos.kubefile.Platform;
import io.sealos.oci.internal.layout.ImageRequest;
import io.sealos.oci.internal.layout.LayoutDirectory;
import io.sealos.oci.internal.layout.WrittenImage;
import io.sealos.oci.internal.recipe.BuildContext;
import io.sealos.oci.internal.recipe.CopyRecipe;
import io.sealos.oci.internal.recipe.ImageRecipe;
import io.sealos.oci.internal.recipe.StageRecipe;
import io.sealos.oci.internal.recipe.StepRecipe;
import io.sealos.oci.internal.recipe.VirtualFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorInputStream;

/** A context and a layout in a temporary directory; whatever is written is verified. */
final class WriterFixture {
    static final String TAG = "docker.io/labring/nginx:v1.23.1";

    private final Path directory;

    WriterFixture(Path directory) {
        this.directory = directory;
    }

    Path context() {
        return directory.resolve("context");
    }

    Path layout() {
        return directory.resolve("layout");
    }

    WriterFixture file(String path, String content) throws IOException {
        Path file = context().resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        return this;
    }

    static CopyRecipe copy(String source, String destination) {
        return CopyRecipe.copy(List.of(source), destination, "Kubefile:2: COPY " + source + " " + destination);
    }

    ImageRecipe recipe(StepRecipe... steps) throws IOException {
        return recipe(List.of(StageRecipe.scratch(steps)));
    }

    ImageRecipe recipe(List<StageRecipe> stages) throws IOException {
        Files.createDirectories(context());
        ContainerConfig config = ContainerConfig.builder()
                .env("PATH", "/bin")
                .env("A", "1")
                .cmd(List.of("bash", "entrypoint.sh"))
                .label("version", "v1.29.9")
                .label("sealos.io.type", "application")
                .build();
        return ImageRecipe.of(Platform.parse("linux/amd64"), BuildContext.of(context()), stages, config);
    }

    WrittenImage write(StepRecipe... steps) throws IOException {
        return write(ImageRequest.of(recipe(steps), TAG));
    }

    WrittenImage write(ImageRequest request) throws IOException {
        WrittenImage image = new LayoutDirectory(layout()).write(request);
        VerificationReport report = OciLayoutVerifier.verify(layout());
        assertThat(report.mismatches()).isEmpty();
        return image;
    }

    /** The entries of all layers, as "mode owner path" with what they hold or point to. */
    List<String> entries(WrittenImage image) throws IOException {
        List<String> lines = new ArrayList<>();
        for (var layer : image.manifests().get(0).layers()) {
            Path blob = layout().resolve("blobs/sha256/" + layer.digest().hex());
            lines.addAll(entriesOf(blob, layer.mediaType()));
        }
        return lines;
    }

    static List<String> entriesOf(Path blob, String mediaType) throws IOException {
        List<String> lines = new ArrayList<>();
        try (InputStream in = Files.newInputStream(blob)) {
            read(unpacked(in, mediaType), lines);
        }
        return lines;
    }

    private static InputStream unpacked(InputStream in, String mediaType) throws IOException {
        if (mediaType.endsWith("zstd")) {
            return new ZstdCompressorInputStream(in);
        }
        return mediaType.endsWith("gzip") ? new GZIPInputStream(in) : in;
    }

    private static void read(InputStream in, List<String> lines) throws IOException {
        TarArchiveInputStream tar = new TarArchiveInputStream(in, "UTF-8");
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            lines.add(String.format(
                    "%04o %d:%d %s%s",
                    entry.getMode() & 07777,
                    entry.getLongUserId(),
                    entry.getLongGroupId(),
                    entry.getName(),
                    value(entry, tar)));
        }
    }

    private static String value(TarArchiveEntry entry, TarArchiveInputStream tar) throws IOException {
        if (entry.isSymbolicLink()) {
            return " -> " + entry.getLinkName();
        }
        if (entry.isLink()) {
            return " = " + entry.getLinkName();
        }
        return entry.isFile() ? " " + new String(tar.readAllBytes(), StandardCharsets.UTF_8) : "";
    }

    static VirtualFile virtual(String path, String content) {
        return virtual(path, content, new AtomicInteger());
    }

    /** A file that counts how often it is read. */
    static VirtualFile virtual(String path, String content, AtomicInteger opened) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        return new VirtualFile() {
            @Override
            public String path() {
                return path;
            }

            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public InputStream open() {
                opened.incrementAndGet();
                return new ByteArrayInputStream(bytes);
            }
        };
    }

    /** Returns the names of the files in the directory, without the context. */
    List<String> leftovers() throws IOException {
        try (var paths = Files.list(directory)) {
            return paths.map(path -> path.getFileName().toString())
                    .filter(name -> !name.equals("context"))
                    .sorted()
                    .toList();
        }
    }
}
