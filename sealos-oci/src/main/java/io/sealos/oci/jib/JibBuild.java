package io.sealos.oci.jib;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.image.json.V22ManifestListTemplate;
import com.google.cloud.tools.jib.image.json.V22ManifestListTemplate.ManifestDescriptorTemplate;
import com.google.cloud.tools.jib.json.JsonTemplateMapper;
import io.sealos.internal.files.FileTree;
import io.sealos.oci.internal.MediaTypes;
import io.sealos.oci.internal.work.Interruptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;

/** Runs Jib for each platform of an image, and writes the results into one OCI layout. */
final class JibBuild {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String UNNAMED = "localhost/image";

    private final JibContainerBuilder image;
    private final UnaryOperator<Containerizer> settings;
    private final Path layout;
    private final Path work;
    private final BlobDirectory blobs;

    private JibBuild(JibContainerBuilder image, UnaryOperator<Containerizer> settings, Path layout) throws IOException {
        this.image = image;
        this.settings = settings;
        this.layout = layout;
        this.work = Files.createDirectory(layout.resolve("jib"));
        this.blobs = BlobDirectory.in(layout);
    }

    /** Writes an OCI layout with one image into an empty directory. */
    static void write(JibContainerBuilder image, UnaryOperator<Containerizer> settings, Path layout)
            throws IOException {
        JibBuild build = new JibBuild(image, settings, layout);
        try {
            build.finish(build.root(build.manifests()));
        } finally {
            FileTree.delete(build.work);
        }
    }

    /** Runs Jib once for each platform, because its archives can contain only one. */
    private Map<Platform, JibManifest> manifests() throws IOException {
        Set<Platform> platforms = image.toContainerBuildPlan().getPlatforms();
        Map<Platform, JibManifest> manifests = new LinkedHashMap<>();
        try {
            for (Platform platform : platforms) {
                manifests.put(platform, manifest(image.setPlatforms(Set.of(platform))));
            }
        } finally {
            image.setPlatforms(platforms);
        }
        return manifests;
    }

    private JibManifest manifest(JibContainerBuilder forOnePlatform) throws IOException {
        Path archive = work.resolve("image.tar");
        JibContainer built = containerize(forOnePlatform, archive);
        JibManifest manifest = JibArchive.unpack(archive, blobs);
        check(manifest, built);
        return manifest;
    }

    private JibContainer containerize(JibContainerBuilder forOnePlatform, Path archive) throws IOException {
        try {
            return forOnePlatform.containerize(settings.apply(containerizer(archive)));
        } catch (InterruptedException e) {
            throw Interruptions.during("Jib built an image", e);
        } catch (ExecutionException e) {
            throw new IOException("Jib could not build the image: " + e.getCause(), e);
        } catch (RegistryException | CacheDirectoryCreationException e) {
            throw new IOException("Jib could not build the image: " + e.getMessage(), e);
        }
    }

    /**
     * Replaces Jib's cache of application layers, which by default has a predictable path in the shared temporary
     * directory.
     */
    private Containerizer containerizer(Path archive) {
        try {
            return Containerizer.to(TarImage.at(archive).named(UNNAMED))
                    .setApplicationLayersCache(work.resolve("layers"));
        } catch (InvalidImageReferenceException e) {
            throw new IllegalStateException(UNNAMED + " is a good name of an image", e);
        }
    }

    private static void check(JibManifest manifest, JibContainer built) throws IOException {
        String reported = built.getDigest().toString();
        if (!reported.equals(manifest.blob().digest().toString())) {
            throw new IOException("Jib reports the image as " + reported + ", but its archive comes to "
                    + manifest.blob().digest() + "; this version of Jib writes other archives than jib-core 0.28");
        }
    }

    private JibManifest root(Map<Platform, JibManifest> manifests) throws IOException {
        if (manifests.size() == 1) {
            return manifests.values().iterator().next();
        }
        boolean docker = manifests.values().stream()
                .allMatch(manifest -> manifest.mediaType().equals(MediaTypes.DOCKER_MANIFEST));
        return docker
                ? new JibManifest(MediaTypes.DOCKER_MANIFEST_LIST, blobs.put(dockerList(manifests)))
                : new JibManifest(MediaTypes.OCI_INDEX, blobs.put(ociIndex(manifests)));
    }

    /** Returns a manifest list by Jib's own template, so its digest is the one that Jib reports. */
    private static byte[] dockerList(Map<Platform, JibManifest> manifests) throws IOException {
        V22ManifestListTemplate list = new V22ManifestListTemplate();
        manifests.forEach((platform, manifest) -> {
            ManifestDescriptorTemplate descriptor = new ManifestDescriptorTemplate();
            descriptor.setMediaType(manifest.mediaType());
            descriptor.setSize(manifest.blob().size());
            descriptor.setDigest(manifest.blob().digest().toString());
            descriptor.setPlatform(platform.getArchitecture(), platform.getOs());
            list.addManifest(descriptor);
        });
        return JsonTemplateMapper.toByteArray(list);
    }

    /** Returns an OCI index, which Jib does not create. */
    private static byte[] ociIndex(Map<Platform, JibManifest> manifests) throws IOException {
        ObjectNode index = emptyIndex();
        manifests.forEach((platform, manifest) -> describe(index, manifest)
                .putObject("platform")
                .put("architecture", platform.getArchitecture())
                .put("os", platform.getOs()));
        return JSON.writeValueAsBytes(index);
    }

    private void finish(JibManifest root) throws IOException {
        ObjectNode index = emptyIndex();
        describe(index, root);
        Files.write(layout.resolve("index.json"), JSON.writeValueAsBytes(index));
        Files.writeString(layout.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
    }

    private static ObjectNode emptyIndex() {
        ObjectNode index = JSON.createObjectNode().put("schemaVersion", 2).put("mediaType", MediaTypes.OCI_INDEX);
        index.putArray("manifests");
        return index;
    }

    private static ObjectNode describe(ObjectNode index, JibManifest manifest) {
        return index.withArray("manifests")
                .addObject()
                .put("mediaType", manifest.mediaType())
                .put("digest", manifest.blob().digest().toString())
                .put("size", manifest.blob().size());
    }
}
