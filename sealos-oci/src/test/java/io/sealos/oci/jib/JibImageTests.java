package io.sealos.oci.jib;

import static io.sealos.oci.testing.SealosAssertions.assertThat;
import static io.sealos.oci.testing.SealosAssertions.assertThatLayout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.TarImage;
import io.sealos.images.Digest;
import io.sealos.oci.ClusterImage;
import io.sealos.oci.ClusterImageBuilder;
import io.sealos.oci.DockerArchive;
import io.sealos.oci.ImageSaveException;
import io.sealos.oci.OciLayout;
import io.sealos.oci.RegistryAccess;
import io.sealos.oci.testing.InProcessRegistry;
import io.sealos.oci.testing.RegistryExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(RegistryExtension.class)
class JibImageTests {
    private static final String SHOP = "registry.example/shop:1.0";

    @TempDir
    private Path directory;

    private Path jar;

    @BeforeEach
    void writeContext() throws IOException {
        Path manifests = Files.createDirectories(directory.resolve("context/manifests"));
        Files.writeString(
                manifests.resolve("shop.yaml"), "kind: Pod\nspec:\n  containers:\n    - image: " + SHOP + "\n");
        Files.writeString(
                directory.resolve("context/Kubefile"),
                "FROM scratch\nCOPY manifests manifests\nCOPY registry registry\nCMD [\"kubectl apply -f manifests\"]\n");
        jar = Files.writeString(directory.resolve("shop.jar"), "the classes of the shop");
    }

    @Test
    void buildWhenImageIsOfJibHasItWithTheDigestThatJibReports() throws Exception {
        OciLayout layout = OciLayout.directory(directory.resolve("out"));
        cluster(shop()).build().writeTo(layout);

        assertThatLayout(directory.resolve("out")).isValid();
        assertThat(ClusterImage.inspect(layout)).containsImage("registry.example/shop:1.0", reportedByJib(shop()));
    }

    @Test
    void buildWhenSourcesAreUnchangedHasTheSameDigest() throws Exception {
        Digest first = cluster(shop())
                .build()
                .writeTo(OciLayout.directory(directory.resolve("one")))
                .digest();
        Files.delete(jar);
        Files.writeString(jar, "the classes of the shop");
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(99)));

        Digest second = cluster(shop())
                .build()
                .writeTo(OciLayout.directory(directory.resolve("two")))
                .digest();

        assertThat(second).isEqualTo(first);
    }

    @Test
    void buildWhenJibFailsSaysWhichImageAndWhy() throws Exception {
        Path missing = directory.resolve("base.tar");
        ClusterImage image = cluster(Jib.from(TarImage.at(missing))).build();

        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> image.writeTo(OciLayout.directory(directory.resolve("out"))))
                .withMessageContaining(SHOP)
                .withMessageContaining("Jib could not build the image: java.nio.file.NoSuchFileException: " + missing);
    }

    @Test
    void jibWhenClusterImageIsItsBaseBuildsOnIt() throws Exception {
        Path base = directory.resolve("base.tar");
        cluster(shop()).build().writeTo(DockerArchive.file(base));
        Path layout = Files.createDirectories(directory.resolve("layout"));

        JibBuild.write(Jib.from(TarImage.at(base)).addLayer(List.of(jar), "/extra"), jib -> jib, layout);

        assertThat(ClusterImage.inspect(OciLayout.directory(layout)))
                .runs("kubectl apply -f manifests")
                .containsImage("registry.example/shop:1.0", reportedByJib(shop()));
    }

    @Test
    void buildWhenCredentialsAreOfJibLogsInWithThem(InProcessRegistry registry) throws Exception {
        registry.putImage(SHOP);
        registry.requireBasic("ann", "secret");
        RegistryAccess access = RegistryAccess.builder()
                .endpoint("registry.example", registry.endpoint())
                .loginFiles(false)
                .credentials(JibCredentials.of(
                        registry.host(), Optional::empty, () -> Optional.of(Credential.from("ann", "secret"))))
                .build();

        cluster().registryAccess(access).build().writeTo(OciLayout.directory(directory.resolve("out")));

        assertThatLayout(directory.resolve("out")).hasImageCount(1);
    }

    private JibContainerBuilder shop() throws IOException {
        return Jib.fromScratch().addLayer(List.of(jar), "/app").setEntrypoint("java", "-jar", "/app/shop.jar");
    }

    private ClusterImageBuilder cluster(JibContainerBuilder image) {
        return cluster().image(SHOP, JibImage.of(image));
    }

    private ClusterImageBuilder cluster() {
        return ClusterImage.builder().context(directory.resolve("context")).contentStore(directory.resolve("store"));
    }

    private Digest reportedByJib(JibContainerBuilder image) throws Exception {
        JibContainer built = image.containerize(
                Containerizer.to(TarImage.at(directory.resolve("judge.tar")).named("judge"))
                        .setApplicationLayersCache(directory.resolve("judge")));
        return Digest.parse(built.getDigest().toString());
    }
}
