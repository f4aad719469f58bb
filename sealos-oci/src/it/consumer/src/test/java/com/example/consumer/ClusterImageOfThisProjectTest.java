package com.example.consumer;

import static io.sealos.oci.testing.SealosAssertions.assertThat;
import static io.sealos.oci.testing.SealosAssertions.assertThatLayout;

import io.sealos.images.Digest;
import io.sealos.kubefile.Kubefile;
import io.sealos.oci.ClusterImage;
import io.sealos.oci.ClusterImageBuilder;
import io.sealos.oci.OciLayout;
import io.sealos.oci.testing.InProcessRegistry;
import io.sealos.oci.testing.RegistryExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tests the cluster image of a project, without a network and within seconds. */
@ExtendWith(RegistryExtension.class)
class ClusterImageOfThisProjectTest {
    private static final String KUBEFILE = """
            FROM scratch
            COPY manifests manifests
            COPY registry registry
            CMD ["kubectl apply -f manifests"]
            """;

    @TempDir
    Path directory;

    private Path context;

    @BeforeEach
    void writeContext() throws IOException {
        context = Files.createDirectories(directory.resolve("context/manifests")).getParent();
        Files.writeString(context.resolve("Kubefile"), KUBEFILE);
        Files.writeString(context.resolve("manifests/pod.yaml"), """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: app
                spec:
                  containers:
                    - name: app
                      image: registry.example/team/app:1.0
                """);
    }

    @Test
    void kubefileBringsTheImagesAndAppliesTheManifests() {
        assertThat(Kubefile.parse(KUBEFILE))
                .needsNoContainer()
                .copies("registry")
                .runs("kubectl apply -f manifests");
    }

    @Test
    void planNamesTheImagesThatTheSiteWillNeed() throws IOException {
        assertThat(image().build().plan())
                .hasImages("registry.example/team/app:1.0")
                .hasFile("manifests/pod.yaml")
                .runs("kubectl apply -f manifests")
                .hasNoFindings();
    }

    @Test
    void buildSavesTheImagesAsTheRegistryServesThem(InProcessRegistry registry) throws IOException {
        Digest served = registry.putImage("registry.example/team/app:1.0", "linux/amd64", "linux/arm64");
        OciLayout layout = OciLayout.directory(directory.resolve("out"));

        image().registryAccess(registry.access())
                .contentStore(directory.resolve("store"))
                .build()
                .writeTo(layout);

        assertThatLayout(directory.resolve("out")).hasImageCount(1);
        assertThat(ClusterImage.inspect(layout)).containsImage("registry.example/team/app:1.0", served);
    }

    @Test
    void shipItselfPacksItsClassesAndItsManifest() throws Exception {
        Path archive = directory.resolve("consumer.tar");

        ShipItself.main(new String[] {"scratch", "cluster", archive.toString()});

        assertThat(ClusterImage.inspect(OciLayout.archive(archive)))
                .runs("kubectl apply -f manifests")
                .containsImages("registry.example/consumer:1.0.0");
    }

    private ClusterImageBuilder image() {
        return ClusterImage.builder().context(context).tag("registry.example/team/app-cluster:1.0");
    }
}
