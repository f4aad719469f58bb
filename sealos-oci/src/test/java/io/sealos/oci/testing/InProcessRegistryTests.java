package io.sealos.oci.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealos.images.Digest;
import io.sealos.images.ImageLock;
import io.sealos.images.ImageReference;
import io.sealos.oci.BuildResult;
import io.sealos.oci.ClusterImage;
import io.sealos.oci.ImageSaveException;
import io.sealos.oci.OciLayout;
import io.sealos.oci.RegistryImage;
import io.sealos.oci.peers.TestCertificates;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InProcessRegistryTests {
    @Test
    void serveWhenBlobPutReturnsItsBytesAndRanges() throws Exception {
        try (InProcessRegistry registry = InProcessRegistry.start()) {
            Digest digest = registry.putBlob("0123456789".getBytes(StandardCharsets.UTF_8));
            String path = "/v2/a/b/blobs/" + digest;

            assertThat(get(registry, path).body()).isEqualTo("0123456789");
            HttpResponse<String> part = send(request(registry, path).header("Range", "bytes=4-"));
            assertThat(part.statusCode()).isEqualTo(206);
            assertThat(part.body()).isEqualTo("456789");
            assertThat(registry.requests()).containsExactly("GET " + path, "GET " + path);
        }
    }

    @Test
    void serveWhenPushedReturnsManifestByTagAndDigest() throws Exception {
        try (InProcessRegistry registry = InProcessRegistry.start()) {
            HttpResponse<String> pushed = send(request(registry, "/v2/a/manifests/1")
                    .header("Content-Type", "application/x")
                    .PUT(BodyPublishers.ofString("{ }")));
            String digest = pushed.headers().firstValue("Docker-Content-Digest").orElseThrow();

            assertThat(pushed.statusCode()).isEqualTo(201);
            assertThat(get(registry, "/v2/a/manifests/1").body()).isEqualTo("{ }");
            assertThat(get(registry, "/v2/a/manifests/" + digest).body()).isEqualTo("{ }");
        }
    }

    @Test
    void serveWhenUploadedReturnsBlob() throws Exception {
        try (InProcessRegistry registry = InProcessRegistry.start()) {
            Digest digest = RegistryContent.digestOf("abc".getBytes(StandardCharsets.UTF_8));
            String location = send(request(registry, "/v2/a/blobs/uploads/").POST(BodyPublishers.noBody()))
                    .headers()
                    .firstValue("Location")
                    .orElseThrow();
            send(request(registry, location).method("PATCH", BodyPublishers.ofString("ab")));
            HttpResponse<String> put =
                    send(request(registry, location + "?digest=" + digest).PUT(BodyPublishers.ofString("c")));

            assertThat(put.statusCode()).isEqualTo(201);
            assertThat(get(registry, "/v2/a/blobs/" + digest).body()).isEqualTo("abc");
        }
    }

    @Test
    void serveWhenFaultArmedShowsItSoManyTimes() throws Exception {
        try (InProcessRegistry registry = InProcessRegistry.start()) {
            registry.putManifest("a", "1", "application/x", new byte[] {'x'});
            registry.fault("/manifests/", Fault.status(503, 1));

            assertThat(get(registry, "/v2/a/manifests/1").statusCode()).isEqualTo(503);
            assertThat(get(registry, "/v2/a/manifests/1").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void accessWhenAnImageWasNotPutFailsAtOnceAndReachesNothingElse(@TempDir Path temporary) throws Exception {
        Path directory = temporary.resolve("context");
        Files.createDirectories(directory.resolve("manifests"));
        Files.writeString(
                directory.resolve("Kubefile"), "FROM scratch\nCOPY . .\nCMD [\"kubectl apply -f manifests\"]\n");
        Files.writeString(directory.resolve("manifests/pods.yaml"), """
                kind: Pod
                spec: {containers: [{image: "registry.example/team/app:1.0"}, {image: "registry.example/team/app:2.0"},
                  {image: "nginx:1.25"}]}
                """);
        try (InProcessRegistry registry = InProcessRegistry.start()) {
            registry.putImage("registry.example/team/app:1.0");
            ClusterImage image = ClusterImage.builder()
                    .context(directory)
                    .tag("a/b:1")
                    .registryAccess(registry.access())
                    .contentStore(temporary.resolve("store"))
                    .build();

            assertThatThrownBy(() -> image.writeTo(OciLayout.directory(temporary.resolve("out"))))
                    .isInstanceOf(ImageSaveException.class)
                    .hasMessageContaining(
                            "docker.io/library/nginx:1.25 (manifests/pods.yaml:3): registry-1.docker.io may not be accessed, but"
                                    + " only " + registry.host()
                                    + "; put the image into an allowed registry (a test: InProcessRegistry.putImage),"
                                    + " name another source of it, or allow the host registry-1.docker.io (onlyHosts)")
                    .hasMessageContaining("registry.example/team/app:2.0 (manifests/pods.yaml:2): ");
            assertThat(registry.requests()).noneMatch(it -> it.contains("nginx"));
        }
    }

    @Test
    void responsesWhenRequestsEndedHaveTheirStatus() throws Exception {
        try (InProcessRegistry registry = InProcessRegistry.start()) {
            registry.putImage("registry.example/team/app:1.0");
            get(registry, "/v2/team/app/manifests/1.0");
            get(registry, "/v2/team/app/manifests/2.0");

            assertThat(registry.responses())
                    .containsExactly("GET /v2/team/app/manifests/1.0 200", "GET /v2/team/app/manifests/2.0 404");
            assertThat(registry.servedBytes()).isPositive();
            assertThat(registry).hasToString("registry at http://" + registry.host() + " for [registry.example]");
        }
    }

    @Test
    void accessWhenANameIsServedPushesToIt(@TempDir Path temporary) throws Exception {
        try (InProcessRegistry registry = InProcessRegistry.start()) {
            registry.serve("registry.example");
            ClusterImage image = images(temporary, registry);

            BuildResult named = image.writeTo(RegistryImage.of("registry.example/team/app:1.0"));
            BuildResult own = image.writeTo(RegistryImage.of(registry.host() + "/team/own:1.0"));

            assertThat(get(registry, "/v2/team/app/manifests/" + named.digest()).statusCode())
                    .isEqualTo(200);
            assertThat(get(registry, "/v2/team/own/manifests/" + own.digest()).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void accessWhenRegistryHasTlsAcceptsItsCertificate(@TempDir Path temporary) throws Exception {
        TestCertificates certificates = TestCertificates.in(temporary);
        try (InProcessRegistry registry = InProcessRegistry.startTls(certificates.context(), false)) {
            registry.putImage("registry.example/team/app:1.0");
            registry.requireAnonymousToken();

            images(temporary, registry, "registry.example/team/app:1.0").saveRegistry(temporary.resolve("saved"));

            assertThat(registry.requests("/token")).isEqualTo(1);
        }
    }

    @Test
    void serveWhenTestsShareTheRegistryGivesEachItsImages(@TempDir Path temporary) throws Exception {
        ExecutorService tests = Executors.newFixedThreadPool(6);
        try (InProcessRegistry registry = InProcessRegistry.start()) {
            List<Callable<Digest>> builds = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                String name = "registry.example/app" + i + ":1.0";
                Path directory = temporary.resolve("test" + i);
                builds.add(() -> {
                    Digest put = registry.putImage(name);
                    ImageLock saved = images(directory, registry, name).saveRegistry(directory.resolve("saved"));
                    assertThat(saved.entries())
                            .extracting(ImageLock.Entry::digest)
                            .containsExactly(put);
                    return put;
                });
            }

            for (Future<Digest> build : tests.invokeAll(builds)) {
                build.get();
            }
        } finally {
            tests.shutdownNow();
        }
    }

    @Test
    void putImageWhenAnotherRegistryHasTheRepositoryRefusesIt() throws Exception {
        try (InProcessRegistry registry = InProcessRegistry.start()) {
            registry.putImage("nginx:1.25");
            registry.putImage("docker.io/library/nginx:1.25");
            registry.putImage("quay.io/library/nginx:1.26");

            assertThatThrownBy(() -> registry.putImage("quay.io/library/nginx:1.25"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "quay.io/library/nginx:1.25: this registry already has library/nginx:1.25 of docker.io, and"
                                    + " it has one repository for all registry names; put the image into a second registry");
        }
    }

    @Test
    void closeWhenRepeatedKeepsTheRecords() throws Exception {
        InProcessRegistry registry = InProcessRegistry.start();
        get(registry, "/v2/");
        registry.close();
        registry.close();

        assertThat(registry.requests()).containsExactly("GET /v2/");
        assertThatThrownBy(() -> get(registry, "/v2/")).isInstanceOf(IOException.class);
    }

    @Test
    void faultWhenTrickleEndsBreaksTheBodyOffAndIsResumed(@TempDir Path temporary) throws Exception {
        try (InProcessRegistry registry = InProcessRegistry.start()) {
            Digest put = registry.putImage("registry.example/team/app:1.0");
            registry.fault("/blobs/", Fault.trickle(Duration.ofMillis(100), 1));

            ImageLock saved = images(temporary, registry, "registry.example/team/app:1.0")
                    .saveRegistry(temporary.resolve("saved"));

            assertThat(saved.entries()).extracting(ImageLock.Entry::digest).containsExactly(put);
            assertThat(registry.ranges()).hasSize(1);
        }
    }

    @Test
    void putRegistryWhenImagesWereSavedServesTheirDigests(@TempDir Path temporary) throws Exception {
        try (InProcessRegistry origin = InProcessRegistry.start();
                InProcessRegistry site = InProcessRegistry.start()) {
            Digest nginx = origin.putImage("nginx:1.25");
            Digest app = origin.putImage("registry.example/team/app:1.0");
            Digest index = origin.putImage("registry.example/team/all:1.0", "linux/amd64", "linux/arm64");
            String all = "registry.example/team/all@" + index;
            Path saved = temporary.resolve("saved");
            images(temporary, origin, "nginx:1.25", "registry.example/team/app:1.0", all)
                    .saveRegistry(saved);

            List<ImageReference> served = site.putRegistry(saved);

            String host = site.host();
            assertThat(served)
                    .hasToString("[%s/library/nginx:1.25, %s/team/all:by-digest-sha256-%s, %s/team/app:1.0]"
                            .formatted(host, host, index.hex(), host));
            List<String> names = served.stream().map(ImageReference::toString).toList();
            ClusterImage pulled = images(temporary.resolve("site"), site, names.toArray(new String[0]));
            assertThat(pulled.writeTo(OciLayout.directory(temporary.resolve("out")))
                            .lock()
                            .entries())
                    .extracting(ImageLock.Entry::digest)
                    .containsExactly(nginx, index, app);
        }
    }

    private static ClusterImage images(Path directory, InProcessRegistry registry, String... names) throws IOException {
        return ClusterImage.builder()
                .file("Kubefile", "FROM scratch\nCOPY . .\nCMD [\"true\"]\n")
                .file("images/shim/list", String.join("\n", names))
                .registryAccess(registry.access())
                .contentStore(directory.resolve("store"))
                .build();
    }

    @Test
    void putRegistryWhenABlobIsDamagedNamesIt(@TempDir Path temporary) throws Exception {
        try (InProcessRegistry origin = InProcessRegistry.start();
                InProcessRegistry site = InProcessRegistry.start()) {
            Digest app = origin.putImage("registry.example/team/app:1.0");
            images(temporary, origin, "registry.example/team/app:1.0").saveRegistry(temporary.resolve("saved"));
            Path blob = temporary.resolve(
                    "saved/docker/registry/v2/blobs/sha256/" + app.hex().substring(0, 2) + "/" + app.hex() + "/data");
            Files.delete(blob);
            Files.writeString(blob, "{}");

            assertThatThrownBy(() -> site.putRegistry(temporary.resolve("saved")))
                    .isInstanceOf(IOException.class)
                    .hasMessage(blob + ": has the digest "
                            + RegistryContent.digestOf("{}".getBytes(StandardCharsets.UTF_8)) + " instead of " + app);
            assertThatThrownBy(() -> site.putRegistry(temporary))
                    .isInstanceOf(IOException.class)
                    .hasMessage(temporary + ": is not a registry directory, because it has no docker/registry/v2; with"
                            + " several platforms, give the directory of one, such as " + temporary + "/linux-amd64");
        }
    }

    private static HttpRequest.Builder request(InProcessRegistry registry, String path) {
        return HttpRequest.newBuilder(URI.create(registry.endpoint() + path));
    }

    private static HttpResponse<String> get(InProcessRegistry registry, String path) throws Exception {
        return send(request(registry, path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }
}
