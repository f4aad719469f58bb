package io.sealos.oci.internal.layout;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sealos.images.Digest;
import io.sealos.internal.files.AtomicFile;
import io.sealos.internal.files.NotWrittenException;
import io.sealos.internal.files.RequiredPath;
import io.sealos.oci.BuildListener;
import io.sealos.oci.internal.layer.EarlierLayers;
import io.sealos.oci.internal.layer.LayerBlob;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Writes an image into a tar file, as an OCI layout or a docker-archive. */
public final class ArchiveFile {
    private static final int BUFFER = 1 << 18;

    private final Path file;

    public ArchiveFile(Path file) {
        this.file = file;
    }

    /** Throws an exception if the path of the archive is a directory, or no file can be created beside it. */
    public void check() throws IOException {
        if (Files.isDirectory(file)) {
            throw new FileSystemException(
                    RequiredPath.shown(file),
                    null,
                    "is a directory; name a file for the archive, or write an OCI layout");
        }
        AtomicFile.requireReplaceable(file);
        Staging.checkBeside(file);
    }

    public static void checkDockerPlatforms(int platforms) {
        if (platforms > 1) {
            throw new IllegalArgumentException("a docker-archive holds one platform, not " + platforms
                    + "; write one archive for each, or an OCI layout");
        }
    }

    /** Writes an OCI archive. */
    public WrittenImage writeOci(ImageRequest request) throws IOException {
        try (Staging staging = Staging.beside(file)) {
            WrittenImage image = ImageWriter.write(request, staging, EarlierLayers.NONE);
            LayoutDirectory.complete(staging, image, request.tags());
            publish(staging, ociMembers(staging), request.listener());
            return image;
        }
    }

    /**
     * Writes a docker-archive, which has no place for documents. Its layers are not compressed, so every version of
     * Docker can load them.
     */
    public WrittenImage writeDocker(ImageRequest request) throws IOException {
        checkDockerPlatforms(request.platforms().size());
        ImageRequest plain = request.withLayers(request.layers().uncompressed()).withDocuments(null);
        try (Staging staging = Staging.beside(file)) {
            WrittenImage image = ImageWriter.write(plain, staging, EarlierLayers.NONE);
            publish(staging, dockerMembers(staging, image.manifests().get(0), request.tags()), request.listener());
            return image;
        }
    }

    static Map<String, Path> ociMembers(Staging staging) throws IOException {
        Map<String, Path> members = new LinkedHashMap<>();
        members.put("oci-layout", staging.layout().resolve("oci-layout"));
        members.put("index.json", staging.layout().resolve("index.json"));
        for (Path blob : sorted(staging.blobs())) {
            members.put("blobs/sha256/" + blob.getFileName(), blob);
        }
        return members;
    }

    private static Map<String, Path> dockerMembers(Staging staging, WrittenManifest image, List<String> tags)
            throws IOException {
        Map<String, Path> members = new LinkedHashMap<>();
        String config = image.configDigest().hex() + ".json";
        List<String> layers = new ArrayList<>();
        members.put(config, staging.blobs().resolve(image.configDigest().hex()));
        for (LayerBlob layer : image.layers()) {
            layers.add(name(layer.diffId()));
            members.put(name(layer.diffId()), layer.file());
        }
        Path manifest = staging.file("manifest.json");
        Files.write(manifest, JsonText.array(json -> wrapped(json, config, tags, layers)));
        members.put("manifest.json", manifest);
        return members;
    }

    private static String name(Digest diffId) {
        return diffId.hex() + ".tar";
    }

    private static void wrapped(JsonGenerator json, String config, List<String> tags, List<String> layers)
            throws IOException {
        json.writeStringField("Config", config);
        JsonText.list(json, "RepoTags", tags);
        json.writeArrayFieldStart("Layers");
        for (String layer : layers) {
            json.writeString(layer);
        }
        json.writeEndArray();
    }

    private static List<Path> sorted(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.sorted().toList();
        }
    }

    private void publish(Staging staging, Map<String, Path> members, BuildListener listener) throws IOException {
        Path archive = staging.file("archive.tar");
        TarFile tar = new TarFile(members);
        try {
            tar.inPhase(listener, () -> write(tar, archive, listener));
        } catch (ClosedByInterruptException | InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            throw NotWrittenException.of("", file, "", e);
        }
        AtomicFile.move(archive, file);
    }

    private static Path write(TarFile tar, Path archive, BuildListener listener) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(archive), BUFFER)) {
            tar.writeTo(out, listener);
        }
        return archive;
    }
}
