package io.sealos.oci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sealos.images.ImageReference;
import io.sealos.images.VirtualContext;
import io.sealos.kubefile.Kubefile;
import io.sealos.layout.Finding;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VirtualContextTests {
    private static final String COPY_ALL = "FROM scratch\nCOPY . .\n";

    @TempDir
    Path directory;

    private static ClusterImageBuilder builder() {
        return ClusterImage.builder()
                .tag("labring/app:v1")
                .compression(LayerCompression.NONE)
                .saveImages(false);
    }

    private String digest(ClusterImageBuilder builder, String out) throws IOException {
        Path layout = directory.resolve(out);
        BuildResult done = builder.build().writeTo(OciLayout.directory(layout));
        OciLayoutVerifier.verify(layout).orThrow();
        return done.digest().toString();
    }

    @Test
    void contextWhenAllFilesAreGivenGivesTheResultsOfTheDisk() throws IOException {
        ContextResult onDisk = onDisk();

        assertSame(ContextResult.of(new ApplicationFiles().given().path(), directory.resolve("out")), onDisk);
    }

    @Test
    void contextWhenFilesAreLaidOverADirectoryGivesTheResultsOfTheDisk() throws IOException {
        ContextResult onDisk = onDisk();
        ApplicationFiles all = new ApplicationFiles();
        ApplicationFiles beneath = new ApplicationFiles()
                .with("manifests/app.yaml", ApplicationFiles.pod("other", "quay.io/team/other:1"))
                .without("charts/demo/values.yaml")
                .without("charts/demo.yaml")
                .without("images/shim/extra")
                .without("Kubefile");
        VirtualContext context = VirtualContext.builder()
                .over(beneath.writeTo(directory.resolve("beneath")))
                .file("manifests/app.yaml", all.text("manifests/app.yaml"))
                .file("charts/demo/values.yaml", all.text("charts/demo/values.yaml"))
                .file("charts/demo.yaml", all.text("charts/demo.yaml").getBytes(UTF_8))
                .file(
                        "images/shim/extra",
                        () -> new ByteArrayInputStream(
                                all.text("images/shim/extra").getBytes(UTF_8)))
                .file("Kubefile", all.text("Kubefile"))
                .build();

        assertSame(ContextResult.of(context.path(), directory.resolve("out")), onDisk);
    }

    @Test
    void contextWhenFilesAreLaidOverAZipGivesTheResultsOfTheDisk() throws IOException {
        ContextResult onDisk = onDisk();
        Path zip = directory.resolve("context.zip");
        try (FileSystem system =
                FileSystems.newFileSystem(zip, Map.of("create", true, "enablePosixFileAttributes", true))) {
            new ApplicationFiles().without("Kubefile").writeTo(system.getPath("/app"));
        }

        try (FileSystem system = FileSystems.newFileSystem(zip, Map.of("enablePosixFileAttributes", true))) {
            VirtualContext context = VirtualContext.builder()
                    .over(system.getPath("/app"))
                    .file("Kubefile", new ApplicationFiles().text("Kubefile"))
                    .build();
            assertSame(ContextResult.of(context.path(), directory.resolve("out")), onDisk);
        }
    }

    private ContextResult onDisk() throws IOException {
        Path context = new ApplicationFiles().writeTo(directory.resolve("context"));
        return ContextResult.of(context, directory.resolve("out-of-disk"));
    }

    private static void assertSame(ContextResult found, ContextResult expected) {
        assertThat(found.report()).isEqualTo(expected.report());
        assertThat(found.images()).isEqualTo(expected.images());
        assertThat(found.plan()).isEqualTo(expected.plan());
        assertThat(found.digest()).isEqualTo(expected.digest());
    }

    @Test
    void buildWhenTheBuilderIsGivenEverythingPlansIt() throws IOException {
        byte[] chart = chart("demo", "quay.io/team/chart:1");

        BuildPlan plan = ClusterImage.builder()
                .kubefile(Kubefile.parse("FROM scratch\nCOPY . .\nCMD [\"kubectl apply -f manifests\"]\n"))
                .manifest("app.yaml", ApplicationFiles.pod("app", "quay.io/team/app:1"))
                .chart("demo-1.0.0.tgz", () -> new ByteArrayInputStream(chart))
                .imageList("more", List.of("nginx:1.25", "redis:7"))
                .file("etc/app.conf", "a=b\n")
                .build()
                .plan();

        assertThat(plan.images())
                .map(ImageReference::toString)
                .containsExactly(
                        "docker.io/library/nginx:1.25",
                        "docker.io/library/redis:7",
                        "quay.io/team/app:1",
                        "quay.io/team/chart:1");
        assertThat(plan.askedAt(ImageReference.parse("quay.io/team/app:1"))).containsExactly("manifests/app.yaml:4");
        assertThat(plan.askedAt(ImageReference.parse("quay.io/team/chart:1")))
                .containsExactly("charts/demo-1.0.0.tgz/templates/pod.yaml:4");
        assertThat(plan.gaps()).isEmpty();
    }

    @Test
    void chartWhenGivenByItsPathIsThatOfADirectory() throws IOException {
        Path chart = directory.resolve("elsewhere/demo");
        Files.createDirectories(chart.resolve("templates"));
        Files.writeString(chart.resolve("Chart.yaml"), "apiVersion: v2\nname: demo\nversion: 1.0.0\n");
        Files.writeString(chart.resolve("templates/pod.yaml"), ApplicationFiles.pod("demo", "quay.io/team/chart:1"));
        Files.createSymbolicLink(chart.resolve("values.yaml"), Path.of("Chart.yaml"));
        Path archive = Files.write(directory.resolve("demo2-1.0.0.tgz"), chart("demo2", "quay.io/team/chart:2"));

        ClusterImage image =
                builder().file("Kubefile", COPY_ALL).chart(chart).chart(archive).build();

        assertThat(image.plan().inventory().references())
                .map(ImageReference::toString)
                .containsExactly("quay.io/team/chart:1", "quay.io/team/chart:2");
        assertThat(image.plan().layers().get(0).files())
                .map(PlannedFile::path)
                .contains("/charts/demo/templates/pod.yaml", "/charts/demo/values.yaml", "/charts/demo2-1.0.0.tgz");
    }

    private static byte[] chart(String name, String image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            put(tar, name + "/Chart.yaml", "apiVersion: v2\nname: " + name + "\nversion: 1.0.0\n");
            put(tar, name + "/templates/pod.yaml", ApplicationFiles.pod("demo", image));
        }
        return bytes.toByteArray();
    }

    private static void put(TarArchiveOutputStream tar, String name, String text) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(text.getBytes(UTF_8).length);
        tar.putArchiveEntry(entry);
        tar.write(text.getBytes(UTF_8));
        tar.closeArchiveEntry();
    }

    @Test
    void findingsWhenFilesAreGivenNameThem() throws IOException {
        BuildPlan plan = builder()
                .file("Kubefile", "FROM scratch\nCOPY manifests manifests\nCMD [\"bash run.sh\"]\n")
                .manifest("app.yaml", "a: [\n")
                .build()
                .plan();

        assertThat(plan.findings()).map(Finding::path).containsExactly("Kubefile", "manifests/app.yaml");
    }

    @Test
    void buildWhenTheKubefileIsMalformedNamesIt() {
        assertThatExceptionOfType(io.sealos.kubefile.KubefileParseException.class)
                .isThrownBy(() ->
                        builder().file("Kubefile", "FROM scratch\nCOPI a b\n").build())
                .withMessageStartingWith("Kubefile:2:1: ");
    }

    @Test
    void buildWhenThereIsNoKubefileSaysSo() {
        assertThatExceptionOfType(BuildRefusedException.class)
                .isThrownBy(() -> builder().file("a", "b").build())
                .withMessage(
                        "the given files: there is no build file: none of Sealfile, Kubefile, Dockerfile, Containerfile; create"
                                + " a Kubefile that begins with 'FROM scratch'");
    }

    @Test
    void writeToWhenAStreamDiffersFails() throws IOException {
        AtomicInteger opened = new AtomicInteger();
        ClusterImage image = builder()
                .file("Kubefile", COPY_ALL)
                .file(
                        "opt/data",
                        () -> new ByteArrayInputStream(("same size " + opened.incrementAndGet()).getBytes(UTF_8)))
                .build();

        assertThatExceptionOfType(FileSystemException.class)
                .isThrownBy(() -> image.writeTo(OciLayout.directory(directory.resolve("out"))))
                .withMessage("opt/data: differs from what the given source returned before; return the same bytes each"
                        + " time, or write them to a file and give its path");
        assertThat(directory.resolve("out/index.json")).doesNotExist();
    }

    @Test
    void buildWhenAStreamCannotBeReadFails() {
        ClusterImageBuilder builder = builder().file("Kubefile", COPY_ALL).file("opt/data", () -> {
            throw new IOException("no route to host");
        });

        assertThatExceptionOfType(FileSystemException.class)
                .isThrownBy(builder::build)
                .withMessage("opt/data: cannot be read from the given source: no route to host");
    }

    @Test
    void streamsWhenReadAreFewAndClosed() throws IOException {
        List<InputStream> open = Collections.synchronizedList(new ArrayList<>());
        AtomicInteger opened = new AtomicInteger();
        byte[] large = new byte[1 << 21];

        builder()
                .file("Kubefile", COPY_ALL)
                .file("opt/data", () -> {
                    opened.incrementAndGet();
                    InputStream in = new FilterInputStream(new ByteArrayInputStream(large)) {
                        @Override
                        public void close() {
                            open.remove(this);
                        }
                    };
                    open.add(in);
                    return in;
                })
                .build()
                .writeTo(OciLayout.directory(directory.resolve("out")));

        assertThat(open).isEmpty();
        assertThat(opened).hasValueLessThanOrEqualTo(4);
    }

    @Test
    void writeToWhenAGivenFileHasOtherBytesOfTheSameSizeWritesThem() throws IOException {
        String first = digest(builder().file("Kubefile", COPY_ALL).file("a", "1"), "out");
        String second = digest(builder().file("Kubefile", COPY_ALL).file("a", "2"), "out");
        String again = digest(builder().file("Kubefile", COPY_ALL).file("a", "1"), "out");

        assertThat(second).isNotEqualTo(first);
        assertThat(again).isEqualTo(first);
    }

    @Test
    void addWhenTheArchiveIsAStreamUnpacksIt() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            put(tar, "a", "first");
            put(tar, "b", "second");
        }
        String kubefile = "FROM scratch\nADD files.tar /x/\n";
        Path context = Files.createDirectory(directory.resolve("context"));
        Files.writeString(context.resolve("Kubefile"), kubefile);
        Files.write(context.resolve("files.tar"), bytes.toByteArray());

        String given = digest(
                builder()
                        .file("Kubefile", kubefile)
                        .file("files.tar", () -> new ByteArrayInputStream(bytes.toByteArray())),
                "out");

        assertThat(given).isEqualTo(digest(builder().context(context), "out-of-disk"));
    }

    @Test
    void imagesWhenTheirArchiveIsAStreamAreSaved() throws IOException {
        Path archive = directory.resolve("image.tar");
        ClusterImage.builder()
                .kubefile(Kubefile.parse(COPY_ALL))
                .file("a", "b")
                .tag("registry.example/app:1")
                .build()
                .writeTo(DockerArchive.file(archive));

        BuildResult done = ClusterImage.builder()
                .file("Kubefile", COPY_ALL)
                .file("images/skopeo/tar.txt", "docker-archive:app.tar@registry.example/app:1\n")
                .file("images/skopeo/app.tar", () -> Files.newInputStream(archive))
                .contentStore(directory.resolve("store"))
                .offline(true)
                .build()
                .writeTo(OciLayout.directory(directory.resolve("out")));

        OciLayoutVerifier.verify(directory.resolve("out")).orThrow();
        assertThat(done.images()).map(it -> it.reference().toString()).containsExactly("registry.example/app:1");
    }

    @Test
    void buildWhenTheStoreWouldBeInTheDirectoryBeneathRefusesIt() throws IOException {
        Path context = Files.createDirectory(directory.resolve("context"));
        ClusterImage image = ClusterImage.builder()
                .context(VirtualContext.builder()
                        .over(context)
                        .file("Kubefile", COPY_ALL)
                        .build()
                        .path())
                .imageList("a", List.of("registry.example/app:1"))
                .contentStore(context.resolve("store"))
                .offline(true)
                .build();

        assertThatExceptionOfType(FileSystemException.class)
                .isThrownBy(() -> image.writeTo(OciLayout.directory(directory.resolve("out"))))
                .withMessageStartingWith(context.resolve("store") + ": lies in the context " + context);
        assertThat(context).isEmptyDirectory();
    }

    @Test
    void fileWhenGivenByItsPathKeepsItsMode() throws IOException {
        Path tool = Files.writeString(directory.resolve("tool"), "#!/bin/sh\n");
        Path context = new ApplicationFiles().with("bin/tool.sh", "#!/bin/sh\n").writeTo(directory.resolve("context"));
        assertThat(tool.toFile().setExecutable(true, false)).isTrue();

        String given = digest(
                builder().kubefile(Kubefile.parse("FROM scratch\nCOPY bin /\n")).file("bin/tool.sh", tool), "out");

        assertThat(given)
                .isEqualTo(digest(
                        builder()
                                .kubefile(Kubefile.parse("FROM scratch\nCOPY bin /\n"))
                                .context(context),
                        "out-of-disk"));
    }

    @Test
    void pathWhenAskedForItsAddressHasThatOfTheFileBeneath() throws IOException {
        Path context = Files.createDirectory(directory.resolve("context"));
        Path over = VirtualContext.builder().over(context).file("a", "").build().path();
        Path alone = VirtualContext.builder().file("a", "").build().path();

        assertThat(over.resolve("a").toUri()).isEqualTo(context.resolve("a").toUri());
        assertThat(alone.resolve("a b").toUri()).isEqualTo(URI.create("sealos-context:///a%20b"));
    }
}
