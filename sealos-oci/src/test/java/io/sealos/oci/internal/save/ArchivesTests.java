package io.sealos.oci.internal.save;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sealos.images.ImageReference;
import io.sealos.oci.BuildRefusedException;
import io.sealos.oci.ImageSaveException;
import io.sealos.oci.RegistryAccess;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.MediaTypes;
import io.sealos.oci.internal.recipe.VirtualFile;
import io.sealos.oci.internal.source.DirectorySource;
import io.sealos.oci.internal.source.LocalSource;
import io.sealos.oci.internal.source.SaveRequest;
import io.sealos.oci.internal.source.TarList;
import io.sealos.oci.internal.store.ContentStore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchivesTests {
    private final TestImage image = new TestImage("amd64", "a");

    @TempDir
    Path directory;

    private Path context;

    @BeforeEach
    void createContext() throws IOException {
        context = Files.createDirectories(directory.resolve("context"));
        Files.createDirectories(context.resolve("images/skopeo"));
    }

    @Test
    void saveWhenDockerArchiveMakesTheSameManifestEachTime() throws Exception {
        writeDockerArchive("a.tar", "");
        list("docker-archive:a.tar@nginx:1.25\n\ndocker-archive:a.tar@quay.io/team/x:2\n");

        SavedImages saved = save("store");

        assertThat(saved.images()).hasSize(2);
        assertThat(saved.images().get(0).digest())
                .isEqualTo(saved.images().get(1).digest())
                .isEqualTo(save("other").images().get(0).digest());
        assertThat(paths(saved))
                .anyMatch(path -> path.endsWith("/repositories/nginx/_manifests/tags/1.25/current/link"))
                .anyMatch(path -> path.endsWith("/repositories/library/nginx/_manifests/tags/1.25/current/link"))
                .anyMatch(path -> path.endsWith("/repositories/team/x/_manifests/tags/2/current/link"))
                .anyMatch(path -> path.endsWith(Digests.sha256(image.layer()).hex() + "/data"));
    }

    @Test
    void saveWhenOciArchiveKeepsItsManifest() throws Exception {
        writeOciArchive("b.tgz");
        list("oci-archive:b.tgz@library/b:1");

        assertThat(save("store").images().get(0).digest()).isEqualTo(image.digest());
    }

    @Test
    void saveWhenLayerOfDockerArchiveIsNotTheImagesNamesIt() throws Exception {
        writeDockerArchive("a.tar", "spoiled");
        list("docker-archive:a.tar@nginx:1.25");

        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> save("store"))
                .withMessage("1 of 1 images could not be saved:\n"
                        + "  docker.io/library/nginx:1.25 (images/skopeo/tar.txt:1): "
                        + context.resolve("images/skopeo/a.tar") + ": one/layer.tar has the digest "
                        + Digests.sha256(bytes("spoiled")) + " instead of " + Digests.sha256(image.layer())
                        + "; write the image again");
    }

    @Test
    void readWhenLinesAreBadReportsAllOfThem() throws Exception {
        Files.writeString(directory.resolve("out.tar"), "x");
        list("# comment\ndocker-archive:../../../out.tar@a:1\noci-archive:none.tar@a:1");

        assertThatExceptionOfType(BuildRefusedException.class)
                .isThrownBy(() -> TarList.read(context))
                .withMessage("""
                        images/skopeo/tar.txt:1: '# comment' names no archive; write docker-archive:FILE@NAME:TAG or oci-archive:FILE@NAME:TAG
                        images/skopeo/tar.txt:2: '../../../out.tar' lies outside of the context; put the archive into images/skopeo
                        images/skopeo/tar.txt:3: there is no file images/skopeo/none.tar; put the archive there""");
    }

    @Test
    void readWhenListIsNoTextSaysSo() throws Exception {
        Files.write(context.resolve("images/skopeo/tar.txt"), new byte[] {(byte) 0xff});

        assertThatExceptionOfType(BuildRefusedException.class)
                .isThrownBy(() -> TarList.read(context))
                .withMessage("images/skopeo/tar.txt: is not UTF-8 text; write it again");
    }

    @Test
    void readWhenListBeginsWithAByteOrderMarkTakesIt() throws Exception {
        Files.writeString(context.resolve("images/skopeo/a.tar"), "x");
        list("\ufeffdocker-archive:a.tar@nginx:1\r\n");

        assertThat(TarList.read(context))
                .flatExtracting(SaveRequest::repositories)
                .containsExactly("nginx", "library/nginx");
    }

    @Test
    void readWhenALineIsThereTwiceTakesItOnce() throws Exception {
        Files.writeString(context.resolve("images/skopeo/a.tar"), "x");
        list("docker-archive:a.tar@nginx:1\ndocker-archive:a.tar@nginx:2\ndocker-archive:./a.tar@nginx:1\n");

        assertThat(TarList.read(context))
                .extracting(SaveRequest::askedAt)
                .containsExactly("images/skopeo/tar.txt:1", "images/skopeo/tar.txt:2");
    }

    @Test
    void saveWhenArchiveHasWhatIsNotAskedForLeavesItOut() throws Exception {
        TestImage arm = new TestImage("arm64", "a");
        Path layout = directory.resolve("layout");
        TestImage.writeIndexLayout(layout, image, arm);
        SaveRequest request = SaveRequest.of(
                ImageReference.parse("b:1"), new DirectorySource(layout, LocalSource.Format.OCI), "here");

        RegistryAccess access = RegistryAccess.builder().loginFiles(false).build();
        SavedImages saved = Saving.into(directory.resolve("store"), access).save(List.of(request));

        assertThat(saved.images().get(0).digest()).isEqualTo(Digests.sha256(TestImage.index(image, arm)));
        ContentStore store = new ContentStore(directory.resolve("store"));
        assertThat(store.path(Digests.sha256(image.layer()))).exists();
        assertThat(store.path(Digests.sha256(arm.layer()))).doesNotExist();
    }

    @Test
    void saveWhenIndexHasAttestationsAndNestedIndexesFindsThePlatform() throws Exception {
        String attestation = entry(MediaTypes.OCI_MANIFEST, new TestImage("amd64", "att").manifest(), "unknown");
        byte[] inner = bytes("{\"schemaVersion\":2,\"manifests\":["
                + entry(MediaTypes.OCI_MANIFEST, new TestImage("arm64", "a").manifest(), "arm64") + "]}");
        TestImage unsaid = new TestImage("arm64", "unsaid");
        byte[] index = bytes("{\"schemaVersion\":2,\"manifests\":[" + attestation + ","
                + TestImage.descriptor(MediaTypes.OCI_INDEX, inner) + ","
                + TestImage.descriptor(MediaTypes.OCI_MANIFEST, unsaid.manifest()) + ","
                + TestImage.descriptor(MediaTypes.OCI_MANIFEST, image.manifest()) + "]}");
        Path layout = directory.resolve("layout");
        String root = TestImage.descriptor(MediaTypes.OCI_INDEX, index);
        TestImage.writeLayout(layout, root, index, inner, unsaid.manifest(), unsaid.config());
        TestImage.writeLayout(layout, root, image.manifest(), image.config(), image.layer());

        RegistryAccess access = RegistryAccess.builder().loginFiles(false).build();
        SaveRequest request = SaveRequest.of(
                ImageReference.parse("b:1"), new DirectorySource(layout, LocalSource.Format.OCI), "here");
        SavedImages saved = Saving.into(directory.resolve("store"), access).save(List.of(request));

        assertThat(paths(saved))
                .anyMatch(path -> path.endsWith(image.digest().hex() + "/data"))
                .noneMatch(
                        path -> path.contains(Digests.sha256(unsaid.manifest()).hex()))
                .noneMatch(path -> path.contains(Digests.sha256(inner).hex()));
    }

    private static String entry(String type, byte[] manifest, String architecture) {
        String os = architecture.equals("unknown") ? "unknown" : "linux";
        String descriptor = TestImage.descriptor(type, manifest);
        return descriptor.substring(0, descriptor.length() - 1) + ",\"platform\":{\"os\":\"" + os
                + "\",\"architecture\":\"" + architecture + "\"}}";
    }

    @Test
    void saveWhenArchiveIsCutOffNamesIt() throws Exception {
        Files.write(context.resolve("images/skopeo/a.tar"), new byte[] {0x1f, (byte) 0x8b, 8, 0, 1});
        list("docker-archive:a.tar@nginx:1");

        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> save("store"))
                .withMessage("1 of 1 images could not be saved:\n  docker.io/library/nginx:1"
                        + " (images/skopeo/tar.txt:1): a.tar is truncated or not an archive; write the archive again");
    }

    @Test
    void saveWhenArchiveIsOfTheOtherKindSaysWhichItIs() throws Exception {
        writeDockerArchive("a.tar", "");
        writeOciArchive("b.tgz");
        list("oci-archive:a.tar@nginx:1\ndocker-archive:b.tgz@nginx:2");

        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> save("store"))
                .satisfies(e -> assertThat(e.failures())
                        .extracting(failure ->
                                failure.problem().substring(failure.problem().indexOf(" is a")))
                        .containsExactly(
                                " is a docker-archive and not an OCI layout, because it has manifest.json and not index.json;"
                                        + " read it as one (DockerArchive), or as docker-archive: in images/skopeo/tar.txt",
                                " is an OCI archive and not a docker-archive, because it has index.json and not manifest.json;"
                                        + " read it as one (OciLayout.archive), or as oci-archive: in"
                                        + " images/skopeo/tar.txt"));
    }

    @Test
    void saveWhenManifestOfALayoutIsAmbiguousRefusesIt() throws Exception {
        String manifest = new String(image.manifest(), StandardCharsets.UTF_8);
        byte[] both = bytes("{\"manifests\":[]," + manifest.substring(1));
        Path layout = directory.resolve("layout");
        TestImage.writeLayout(layout, TestImage.descriptor(MediaTypes.OCI_MANIFEST, both), both, image.config());
        SaveRequest request = SaveRequest.of(
                ImageReference.parse("b:1"), new DirectorySource(layout, LocalSource.Format.OCI), "here");
        RegistryAccess access = RegistryAccess.builder().loginFiles(false).build();

        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(
                        () -> Saving.into(directory.resolve("store"), access).save(List.of(request)))
                .withMessageEndingWith(Digests.sha256(both) + " is ambiguous: it has layers and manifests"
                        + " (CVE-2021-41190); name an image that is one thing");
    }

    private SavedImages save(String store) throws Exception {
        RegistryAccess access = RegistryAccess.builder().loginFiles(false).build();
        return Saving.into(directory.resolve(store), access).save(TarList.read(context));
    }

    private static List<String> paths(SavedImages saved) {
        return saved.tree().files().stream().map(VirtualFile::path).toList();
    }

    private void list(String lines) throws IOException {
        Files.writeString(context.resolve("images/skopeo/tar.txt"), lines);
    }

    private void writeDockerArchive(String name, String spoil) throws IOException {
        String config = Digests.sha256(image.config()).hex() + ".json";
        try (TarArchiveOutputStream tar =
                new TarArchiveOutputStream(Files.newOutputStream(context.resolve("images/skopeo/" + name)))) {
            TarArchiveEntry link = new TarArchiveEntry("one/layer.tar", TarConstants.LF_SYMLINK);
            link.setLinkName("../two/layer.tar");
            tar.putArchiveEntry(link);
            tar.closeArchiveEntry();
            add(tar, "two/layer.tar", spoil.isEmpty() ? image.layer() : bytes(spoil));
            add(tar, config, image.config());
            add(tar, "manifest.json", bytes("[{\"Config\":\"" + config + "\",\"Layers\":[\"one/layer.tar\"]}]"));
        }
    }

    private void writeOciArchive(String name) throws IOException {
        try (OutputStream file = Files.newOutputStream(context.resolve("images/skopeo/" + name));
                TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(file))) {
            String root = TestImage.descriptor(MediaTypes.OCI_MANIFEST, image.manifest());
            add(tar, "./index.json", bytes("{\"schemaVersion\":2,\"manifests\":[" + root + "]}"));
            for (byte[] blob : List.of(image.layer(), image.config(), image.manifest())) {
                add(tar, "./blobs/sha256/" + Digests.sha256(blob).hex(), blob);
            }
        }
    }

    private static void add(TarArchiveOutputStream tar, String name, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
