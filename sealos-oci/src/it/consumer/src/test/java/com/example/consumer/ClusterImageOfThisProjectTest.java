package com.example.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sealos.oci.BuildPlan;
import io.sealos.oci.BuildResult;
import io.sealos.oci.ClusterImage;
import io.sealos.oci.OciLayout;
import io.sealos.oci.OciLayoutVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a project that ships a cluster image would test of it. */
class ClusterImageOfThisProjectTest {
    @TempDir
    Path folder;

    private Path context;

    @BeforeEach
    void writeContext() throws IOException {
        context = Files.createDirectories(folder.resolve("context/manifests")).getParent();
        Files.writeString(context.resolve("Kubefile"), """
                FROM scratch
                COPY manifests manifests
                COPY registry registry
                CMD ["kubectl apply -f manifests"]
                """);
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
    void planNamesTheImagesThatTheSiteWillNeed() throws IOException {
        BuildPlan plan = ClusterImage.builder().context(context).build().plan();

        assertEquals("[registry.example/team/app:1.0]", plan.images().toString());
        assertEquals(List.of("kubectl apply -f manifests"), plan.config().cmd());
        assertTrue(plan.findings().isEmpty(), plan.findings()::toString);
    }

    @Test
    void buildWritesAValidLayout() throws IOException {
        Files.createDirectories(context.resolve("registry"));
        ClusterImage image = ClusterImage.builder()
                .context(context)
                .tag("registry.example/team/app-cluster:1.0")
                .saveImages(false)
                .build();

        BuildResult done = image.writeTo(OciLayout.directory(folder.resolve("out")));

        assertEquals(2, done.layers().size());
        OciLayoutVerifier.verify(folder.resolve("out")).orThrow();
    }
}
