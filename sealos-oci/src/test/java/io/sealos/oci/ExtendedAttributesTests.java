package io.sealos.oci;

import static io.sealos.oci.WriterFixture.copy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sealos.oci.internal.layout.ImageRequest;
import io.sealos.oci.internal.layout.WrittenImage;
import io.sealos.oci.internal.read.TarEntries;
import io.sealos.oci.internal.read.TarEntry;
import io.sealos.oci.internal.recipe.CopyRecipe;
import io.sealos.oci.internal.recipe.StageRecipe;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExtendedAttributesTests {
    private static final String CAPABILITY = "\1\0\0\2\0\4" + "\0".repeat(14);

    @TempDir
    private Path directory;

    private WriterFixture image;

    @BeforeEach
    void makeContext() throws IOException {
        image = new WriterFixture(directory).file("d/f", "f").file("d/plain", "p");
    }

    private void set(String file, String name, String value) throws IOException {
        Path path = image.context().resolve(file);
        assumeThat(RecordedContext.hasExtendedAttributes(path)).isTrue();
        assumeThat(path.getFileSystem().supportedFileAttributeViews()).contains("unix");
        Files.getFileAttributeView(path, UserDefinedFileAttributeView.class)
                .write(name, ByteBuffer.wrap(value.getBytes(StandardCharsets.UTF_8)));
    }

    private void archive(String name, String member, Map<String, String> attributes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
            TarArchiveEntry entry = new TarArchiveEntry(member);
            attributes.forEach((key, value) -> entry.addPaxHeader("SCHILY.xattr." + key, value));
            tar.putArchiveEntry(entry);
            tar.closeArchiveEntry();
        }
        Files.write(image.context().resolve(name), bytes.toByteArray());
    }

    private static CopyRecipe add(String source) {
        return CopyRecipe.add(List.of(source), "/dst/", "Kubefile:2: ADD " + source + " /dst/");
    }

    /** Those of the entries that have some, in all layers. */
    private Map<String, Map<String, String>> attributes(WrittenImage written) throws IOException {
        Map<String, Map<String, String>> found = new TreeMap<>();
        for (var layer : written.manifests().get(0).layers()) {
            Path blob = image.layout().resolve("blobs/sha256/" + layer.digest().hex());
            try (InputStream stored = Files.newInputStream(blob)) {
                boolean gzip = layer.mediaType().endsWith("gzip");
                collect(new TarEntries(new BufferedInputStream(gzip ? new GZIPInputStream(stored) : stored)), found);
            }
        }
        return found;
    }

    private static void collect(TarEntries entries, Map<String, Map<String, String>> found) throws IOException {
        for (TarEntry entry = entries.next(); entry != null; entry = entries.next()) {
            if (!entry.attributes().isEmpty()) {
                found.put(entry.name(), entry.attributes().values());
            }
        }
    }

    @Test
    void copyWhenFilesOfTheContextHaveAttributesKeepsThem() throws IOException {
        Files.createDirectories(image.context().resolve("d/e"));
        set("d/f", "a", "b");
        set("d/e", "words", "some words");
        set("d", "lost", "the directory that is named is not copied itself");
        assertThat(attributes(image.write(copy("d", "/x"))))
                .isEqualTo(Map.of("x/f", Map.of("user.a", "b"), "x/e/", Map.of("user.words", "some words")));
    }

    @Test
    void copyWhenAttributeChangesIsMadeAnew() throws Exception {
        ChangingContext files = ChangingContext.in(directory.resolve("changing"));
        BuildResult before = files.build();
        assumeThat(RecordedContext.hasExtendedAttributes(files.resolve("charts")))
                .isTrue();
        Files.getFileAttributeView(files.resolve("charts/a"), UserDefinedFileAttributeView.class)
                .write("a", ByteBuffer.wrap(new byte[] {1}));
        ChangingContext.rest();
        BuildResult after = files.build();
        assertThat(after.digest())
                .isNotEqualTo(before.digest())
                .isEqualTo(files.fresh().digest());
    }

    @Test
    void addWhenMembersHaveAttributesKeepsThoseThatBuildahKeeps() throws IOException {
        archive(
                "a.tar",
                "tool",
                Map.of(
                        "security.capability", CAPABILITY,
                        "security.selinux", "of the machine",
                        "trusted.x", "of the machine",
                        "user.a", "b"));
        assertThat(attributes(image.write(add("a.tar"))))
                .isEqualTo(Map.of("dst/tool", Map.of("security.capability", CAPABILITY, "user.a", "b")));
    }

    @Test
    void copyWhenStageHasAttributesKeepsThem() throws IOException {
        archive("a.tar", "tool", Map.of("security.capability", CAPABILITY));
        CopyRecipe from = copy("/dst/tool", "/bin/tool")
                .withFromStage(0)
                .withChmod("0700")
                .withChown("7:8");
        WrittenImage written = image.write(ImageRequest.of(
                image.recipe(List.of(StageRecipe.scratch(add("a.tar")), StageRecipe.scratch(from))),
                WriterFixture.TAG));
        assertThat(attributes(written)).isEqualTo(Map.of("bin/tool", Map.of("security.capability", CAPABILITY)));
        assertThat(image.entries(written)).contains("0700 7:8 bin/tool ");
    }

    @Test
    void addWhenCapabilityMakesNoSenseIsRefused() throws IOException {
        archive("a.tar", "tool", Map.of("security.capability", "x"));
        assertThatExceptionOfType(BuildRefusedException.class)
                .isThrownBy(() -> image.write(add("a.tar")))
                .withMessage("Kubefile:2: ADD a.tar /dst/: 'tool' in the archive has an extended attribute"
                        + " security.capability that makes no sense; pack it without");
    }

    @Test
    void buildWhenModesAreNormalizedLeavesAttributesOut() throws IOException {
        set("d/f", "xdg.origin.url", "https://user@where.it/came/from");
        Files.writeString(image.context().resolve("Kubefile"), "FROM scratch\nCOPY d d\n");
        BuildResult plain = ClusterImage.builder()
                .context(image.context())
                .saveImages(false)
                .fileModes(FileModes.NORMALIZED)
                .build()
                .writeTo(OciLayout.directory(image.layout()));
        Path blob = image.layout()
                .resolve("blobs/sha256/" + plain.layers().get(0).digest().hex());
        assertThat(new String(Files.readAllBytes(blob), StandardCharsets.ISO_8859_1))
                .doesNotContain("xdg");
    }

    @Test
    void copyWhenBaseImageHasAttributesKeepsThem() throws IOException {
        archive("a.tar", "tool", Map.of("security.capability", CAPABILITY, "user.a", "b"));
        image.write(add("a.tar"));
        Path context = Files.createDirectories(directory.resolve("other"));
        Files.writeString(
                context.resolve("Kubefile"), "FROM scratch\nCOPY --from=labring/base:v1 /dst/tool /bin/tool\n");
        Path layout = directory.resolve("copied");
        BuildResult done = ClusterImage.builder()
                .context(context)
                .saveImages(false)
                .contentStore(directory.resolve("store"))
                .baseImage("labring/base:v1", OciLayout.directory(image.layout()))
                .build()
                .writeTo(OciLayout.directory(layout));
        OciLayoutVerifier.verify(layout).orThrow();
        Map<String, Map<String, String>> found = new TreeMap<>();
        Path blob =
                layout.resolve("blobs/sha256/" + done.layers().get(0).digest().hex());
        try (InputStream stored = Files.newInputStream(blob)) {
            collect(new TarEntries(stored), found);
        }
        assertThat(found).isEqualTo(Map.of("bin/tool", Map.of("security.capability", CAPABILITY, "user.a", "b")));
    }
}
