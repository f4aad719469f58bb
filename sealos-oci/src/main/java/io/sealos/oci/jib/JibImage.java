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
 * Creates images of Java applications, which Jib builds straight into {@code registry/} of a cluster image, without a
 * registry or daemon.
 *
 * <pre>{@code
 * ClusterImage.builder()
 *         .context(dir)                              // a manifest or chart in it asks for registry.example/shop:1.0
 *         .image("registry.example/shop:1.0", JibImage.of(Jib.from("eclipse-temurin:17-jre")
 *                 .addLayer(List.of(jar), "/app")
 *                 .setEntrypoint("java", "-jar", "/app/shop.jar")))
 * }</pre>
 *
 * <p>The image is built for the platforms of the {@code JibContainerBuilder}; those of the cluster image have to be
 * among them. Manifests are Jib's to the byte: their digests are those that Jib reports. For several platforms in the
 * format of OCI, which Jib does not index, an index is added. Jib fetches base images itself; {@code RegistryAccess}
 * and {@code offline} of the cluster image do not affect it. Use the settings of {@link #of(JibContainerBuilder,
 * UnaryOperator)} for that.
 *
 * <p>The other way round, a finished cluster image is a base image of Jib's:
 * {@code image.writeTo(DockerArchive.file(file))}, then {@code Jib.from(TarImage.at(file))}.
 */
public final class JibImage {
    private JibImage() {}

    /**
     * {@return the image, built anew for each cluster image}
     *
     * @param image the description; not to be used by other threads while a cluster image is built
     */
    public static MadeImage of(JibContainerBuilder image) {
        return of(image, UnaryOperator.identity());
    }

    /**
     * {@return the image, built anew for each cluster image}
     *
     * @param image the description; not to be used by other threads while a cluster image is built
     * @param settings changes to Jib's settings, such as {@code jib -> jib.setOfflineMode(true)}; the target must not
     *     be changed
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
