package com.example.consumer;

import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import io.sealos.oci.BuildResult;
import io.sealos.oci.ClusterImage;
import io.sealos.oci.OciLayout;
import io.sealos.oci.jib.JibImage;
import java.nio.file.Path;
import java.util.List;

/** Ships itself: its own classes as an image, its manifest, and both as one cluster image that installs offline. */
public final class ShipItself {
    private ShipItself() {}

    /**
     * Writes the cluster image.
     *
     * @param arguments the base of the application's image, such as {@code eclipse-temurin:17-jre}; the directory of the
     *     cluster image; the archive to write
     */
    public static void main(String[] arguments) throws Exception {
        BuildResult done = ClusterImage.builder()
                .context(Path.of(arguments[1]))
                .image("registry.example/consumer:1.0.0", JibImage.of(itself(arguments[0])))
                .tag("registry.example/consumer-cluster:1.0.0")
                .build()
                .writeTo(OciLayout.archive(Path.of(arguments[2])));
        System.out.println(done.digest());
    }

    private static JibContainerBuilder itself(String base) throws Exception {
        Path classes = Path.of(ShipItself.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        return Jib.from(base)
                .addLayer(List.of(classes), "/app")
                .setEntrypoint("java", "-cp", "/app/classes", Greeting.class.getName());
    }
}
