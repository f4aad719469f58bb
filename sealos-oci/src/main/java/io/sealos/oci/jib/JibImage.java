package io.sealos.oci.jib;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import io.sealos.oci.LayoutMaker;
import io.sealos.oci.MadeImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * Creates images of Java applications that Jib builds directly into {@code registry/} of a cluster image, without a
 * registry or a daemon.
 *
 * <pre>{@code
 * ClusterImage.builder()
 *         .context(dir)                              // a manifest or chart in it refers to registry.example/shop:1.0
 *         .image("registry.example/shop:1.0", JibImage.of(Jib.from("eclipse-temurin:17-jre")
 *                 .addLayer(List.of(jar), "/app")
 *                 .setEntrypoint("java", "-jar", "/app/shop.jar")))
 * }</pre>
 *
 * <p>The image is built for the platforms of the {@code JibContainerBuilder}, which must include those of the cluster
 * image. The manifests are exactly those of Jib, so their digests are those that Jib reports. If an image in the OCI
 * format has several platforms, an index is added, because Jib does not create one. Jib fetches base images itself.
 * {@code RegistryAccess} and {@code offline} of the cluster image do not affect it; use the settings of
 * {@link #of(JibContainerBuilder, UnaryOperator)} instead.
 *
 * <p>In the other direction, a finished cluster image can be a base image for Jib:
 * {@code image.writeTo(DockerArchive.file(file))}, then {@code Jib.from(TarImage.at(file))}.
 *
 * @since 0.1.0
 */
@SuppressWarnings("exports") // A program that uses this package requires Jib itself.
public final class JibImage {
    private JibImage() {}

    /**
     * {@return an image that is built for each cluster image}
     *
     * @param image the description of the image; other threads must not use it while a cluster image is built
     */
    public static MadeImage of(JibContainerBuilder image) {
        return of(image, UnaryOperator.identity());
    }

    /**
     * {@return an image that is built for each cluster image with additional settings}
     *
     * @param image the description of the image; other threads must not use it while a cluster image is built
     * @param settings changes the settings of Jib, such as {@code jib -> jib.setOfflineMode(true)}; it must not change
     *     the target
     */
    public static MadeImage of(JibContainerBuilder image, UnaryOperator<Containerizer> settings) {
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(settings, "settings");
        return MadeImage.of(new JibMaker(image, settings));
    }

    private record JibMaker(JibContainerBuilder image, UnaryOperator<Containerizer> settings) implements LayoutMaker {
        @Override
        public void writeTo(Path emptyDirectory) throws IOException {
            JibBuild.write(image, settings, emptyDirectory);
        }

        @Override
        public String toString() {
            return "Jib";
        }
    }
}
