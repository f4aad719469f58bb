package com.example.packaging;

import io.sealos.oci.BuildPlan;
import io.sealos.oci.BuildResult;
import io.sealos.oci.ClusterImage;
import io.sealos.oci.ClusterImageBuilder;
import io.sealos.oci.ImageTarget;
import io.sealos.oci.LayerCompression;
import io.sealos.oci.OciLayout;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a cluster image as an OCI layout with each compression, and prints what another machine must print, too. */
public final class BuildCheck {
    private BuildCheck() {}

    /**
     * Fails if the scan has gaps. Prints the image inventory, the findings, and the digest of each layout.
     *
     * @param arguments the context directory, and a new directory for the layouts
     */
    public static void main(String... arguments) throws Exception {
        Path layouts = Files.createDirectory(Path.of(arguments[1]));
        ClusterImageBuilder builder = ClusterImage.builder()
                .context(Path.of(arguments[0]))
                .tag("registry.example/cluster:1")
                .saveImages(false);
        BuildPlan plan = builder.build().plan();
        if (!plan.inventory().isComplete()) {
            throw new IllegalStateException("images are missing: " + plan.gaps());
        }
        System.out.println(plan.inventory().toJson());
        plan.findings().forEach(System.out::println);
        for (LayerCompression compression : LayerCompression.values()) {
            ImageTarget layout = OciLayout.directory(layouts.resolve(compression.name()));
            BuildResult result = builder.compression(compression).build().writeTo(layout);
            System.out.println(compression + " " + result.digest());
        }
    }
}
