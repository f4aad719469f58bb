package io.sealos.oci.peers;

import io.sealos.images.Digest;
import io.sealos.oci.ClusterImage;
import io.sealos.oci.ClusterImageBuilder;
import io.sealos.oci.OciLayout;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.MediaTypes;
import io.sealos.oci.testing.InProcessRegistry;
import io.sealos.oci.trust.SigningKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * Cluster images whose application names images in every way: by a tag of one manifest and of an index, by tag and
 * digest, by digest alone, and artifacts that are not images. Each lies in a directory of its own with {@code layout},
 * {@code registry} and {@code refs}, a list of what its Pods ask for.
 */
public final class ArrivalImages {
    private static final String HOST = "images.example";

    private final InProcessRegistry registry;
    private final Path directory;

    private ArrivalImages(InProcessRegistry registry, Path directory) {
        this.registry = registry;
        this.directory = directory;
    }

    /** Leaves the images in the directory that the argument names. */
    public static void main(String[] arguments) throws IOException {
        write(Path.of(arguments[0]));
    }

    /** Writes {@code linux-amd64}, {@code linux-arm64} and {@code both} into a directory. */
    public static void write(Path directory) throws IOException {
        try (InProcessRegistry registry = InProcessRegistry.start()) {
            ArrivalImages images = new ArrivalImages(registry, directory);
            List<String> references = images.put();
            List<String> artifacts = images.putArtifacts();
            images.build("linux-amd64", references, artifacts, "linux/amd64");
            images.build("linux-arm64", references, artifacts, "linux/arm64");
            images.build("both", references, artifacts, "linux/amd64", "linux/arm64");
        }
    }

    private List<String> put() throws IOException {
        List<String> references = new ArrayList<>();
        references.add(HOST + "/one/tagged:1");
        putManifest("one/tagged", "1", "tagged");
        references.add(HOST + "/one/pinned:1@" + putManifest("one/pinned", "1", "pinned"));
        references.add(HOST + "/one/digest@" + putManifest("one/digest", "1", "digest"));
        references.add(HOST + "/one/twin:1");
        putManifest("one/twin", "1", "tagged");
        references.add(HOST + "/many/tagged:1");
        putIndex("many/tagged");
        references.add(HOST + "/many/pinned:1@" + putIndex("many/pinned"));
        references.add(HOST + "/many/digest@" + putIndex("many/digest"));
        for (String name : List.of(HOST + "/plain:1", HOST + ":5000/ported/app:1", "localhost/local:1")) {
            references.add(name);
            registry.putImage(name, "linux/amd64", "linux/arm64");
        }
        references.addAll(putSeveral());
        return references;
    }

    /** Artifacts for controllers: a chart, one without an image's configuration or compression, and an older one. */
    private List<String> putArtifacts() throws IOException {
        new TestArtifact(registry)
                .config("application/vnd.cncf.helm.config.v1+json", "{\"name\":\"web\"}")
                .layer("application/vnd.cncf.helm.chart.content.v1.tar+gzip", compressed("chart"))
                .put("charts/web", "1.0.0");
        new TestArtifact(registry)
                .config("application/vnd.oci.empty.v1+json", "{}")
                .layer(MediaTypes.OCI_LAYER, "not compressed")
                .layer("application/x-unknown", "anything")
                .field("\"artifactType\":\"application/vnd.example\"")
                .put("artifacts/odd", "stable");
        new TestArtifact(registry)
                .config(MediaTypes.OCI_CONFIG, "{\"architecture\":\"\",\"os\":\"\"}")
                .layer(MediaTypes.OCI_LAYER_GZIP, compressed("old"))
                .put("artifacts/old", "1");
        byte[] pinned = new TestArtifact(registry)
                .config("application/vnd.cncf.flux.config.v1+json", "{}")
                .layer("application/vnd.cncf.flux.content.v1.tar+gzip", compressed("flux"))
                .put("artifacts/pinned", "1");
        return List.of(
                HOST + "/charts/web:1.0.0",
                HOST + "/artifacts/odd:stable",
                HOST + "/artifacts/old:1",
                HOST + "/artifacts/pinned@" + Digests.sha256(pinned));
    }

    private static String fetching(String artifact) {
        boolean digest = artifact.contains("@");
        int end = digest ? artifact.indexOf('@') : artifact.lastIndexOf(':');
        return """
                ---
                apiVersion: source.toolkit.fluxcd.io/v1
                kind: OCIRepository
                metadata: {name: a}
                spec: {url: "oci://%s", ref: {%s: "%s"}}
                """.formatted(artifact.substring(0, end), digest ? "digest" : "tag", artifact.substring(end + 1));
    }

    /** Repositories with a deep name, and with tags beside what is asked for by digest. */
    private List<String> putSeveral() throws IOException {
        putManifest("one/deep/er/and/deeper/name", "v1.2_3-x", "deep");
        putManifest("one/several", "1", "first");
        putManifest("one/several", "2", "second");
        putManifest("many/several", "1", "beside");
        return List.of(
                HOST + "/one/deep/er/and/deeper/name:v1.2_3-x",
                HOST + "/one/several:1",
                HOST + "/one/several:2",
                HOST + "/one/several@" + putManifest("one/several", "3", "third"),
                HOST + "/many/several:1",
                HOST + "/many/several@" + putIndex("many/several", "2"));
    }

    private Digest putIndex(String repository) throws IOException {
        return putIndex(repository, "1");
    }

    private Digest putIndex(String repository, String tag) throws IOException {
        List<String> entries = new ArrayList<>();
        for (String architecture : List.of("amd64", "arm64", "s390x")) {
            String platform = "\"os\":\"linux\",\"architecture\":\"" + architecture + "\"";
            byte[] manifest = manifest("{" + platform + "}", repository);
            registry.putManifest(repository, architecture, MediaTypes.OCI_MANIFEST, manifest);
            entries.add("{\"mediaType\":\"" + MediaTypes.OCI_MANIFEST + "\",\"digest\":\"" + Digests.sha256(manifest)
                    + "\",\"size\":" + manifest.length + ",\"platform\":{" + platform + "}}");
        }
        String index = "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_INDEX + "\",\"manifests\":["
                + String.join(",", entries) + "]}";
        return registry.putManifest(repository, tag, MediaTypes.OCI_INDEX, bytes(index));
    }

    /** An image that does not say what it is for. */
    private Digest putManifest(String repository, String tag, String content) throws IOException {
        return registry.putManifest(repository, tag, MediaTypes.OCI_MANIFEST, manifest("{}", content));
    }

    private byte[] manifest(String config, String content) throws IOException {
        return bytes("{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_MANIFEST + "\",\"config\":"
                + descriptor(MediaTypes.OCI_CONFIG, bytes(config)) + ",\"layers\":["
                + descriptor(MediaTypes.OCI_LAYER_GZIP, compressed(content)) + "]}");
    }

    /** Layers that are not compressed would be at a site, and their manifest would get another digest. */
    private static byte[] compressed(String content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(bytes(content));
        }
        return bytes.toByteArray();
    }

    private String descriptor(String type, byte[] content) {
        return "{\"mediaType\":\"" + type + "\",\"digest\":\"" + registry.putBlob(content) + "\",\"size\":"
                + content.length + "}";
    }

    private void build(String name, List<String> references, List<String> artifacts, String... platforms)
            throws IOException {
        Path work = directory.resolve(name);
        Path context = Files.createDirectories(work.resolve("context"));
        Files.createDirectories(context.resolve("images/shim"));
        Files.write(context.resolve("images/shim/list"), references);
        Files.writeString(context.resolve("Kubefile"), "FROM scratch\nCOPY . .\nCMD [\"true\"]\n");
        Files.createDirectories(context.resolve("manifests"));
        Files.write(
                context.resolve("manifests/artifacts.yaml"),
                artifacts.stream().map(ArrivalImages::fetching).toList());
        Files.write(
                work.resolve("refs"),
                Stream.concat(references.stream(), artifacts.stream()).toList());
        ClusterImageBuilder builder = ClusterImage.builder()
                .context(context)
                .tag("acme/arrival:1")
                .saveArtifacts(true)
                .sign(key())
                .contentStore(directory.resolve("store"))
                .registryAccess(registry.access());
        for (String platform : platforms) {
            builder.platform(platform);
        }
        ClusterImage image = builder.build();
        image.writeTo(OciLayout.directory(work.resolve("layout")));
        image.saveRegistry(work.resolve("registry"));
    }

    /** The images are signed, because their signatures must not be in the way of what arrives. */
    private static SigningKey key() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            return SigningKey.of(pair.getPrivate(), pair.getPublic());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform since 15 has Ed25519", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
