package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sealos.images.ImageScanner;
import io.sealos.layout.ClusterImageLayout;
import io.sealos.layout.LayoutValidator;
import io.sealos.oci.internal.save.TestImage;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every call that can block ends when its thread is interrupted, keeps the status, and leaves no output. */
class InterruptionTests {
    @TempDir
    Path directory;

    private Path context;
    private Path layout;
    private Path registry;
    private Path plain;

    @BeforeEach
    void writeOutputs() throws IOException {
        context = Files.createDirectory(directory.resolve("context"));
        layout = directory.resolve("layout");
        registry = directory.resolve("registry");
        Files.writeString(context.resolve("Kubefile"), "FROM scratch\nCOPY . .\n");
        Files.writeString(context.resolve(".dockerignore"), "x\n");
        Files.createDirectories(context.resolve("charts/app/templates"));
        Files.writeString(context.resolve("charts/app/Chart.yaml"), "apiVersion: v2\nname: app\nversion: 1.0.0\n");
        plain = Files.createDirectory(directory.resolve("plain"));
        Files.writeString(plain.resolve("Kubefile"), "FROM scratch\nCOPY . .\n");
        Files.writeString(Files.createDirectory(plain.resolve("manifests")).resolve("pod.yaml"), "kind: Pod\n");
        builder().build().writeTo(OciLayout.directory(layout));
        builder().build().writeTo(OciLayout.archive(directory.resolve("image.tar")));
        builder().build().saveRegistry(registry);
    }

    private ClusterImageBuilder builder() {
        TestImage image = new TestImage("amd64", "one");
        return ClusterImage.builder()
                .context(context)
                .contentStore(directory.resolve("store"))
                .image("a.example/app:1", MadeImage.of(image::writeLayout));
    }

    @TestFactory
    Stream<DynamicTest> endsWhenThreadIsInterrupted() throws IOException {
        return calls().entrySet().stream()
                .map(call -> DynamicTest.dynamicTest(call.getKey(), () -> assertInterrupted(call.getValue())));
    }

    @TestFactory
    Stream<DynamicTest> endsWhenThreadIsInterruptedWhileTheOutputIsWritten() {
        Path archive = directory.resolve("image.tar");
        BuildListener interrupting = event -> {
            if (event instanceof PhaseEvent.Started started && started.phase() == BuildPhase.WRITE) {
                Thread.currentThread().interrupt();
            }
        };
        Map<String, ThrowingCallable> calls = new LinkedHashMap<>();
        ClusterImageBuilder builder = builder().listener(interrupting);
        calls.put("an archive", () -> builder.build().writeTo(OciLayout.archive(archive)));
        calls.put("a docker archive", () -> builder.build().writeTo(DockerArchive.file(directory.resolve("new"))));
        calls.put("a registry", () -> builder.build().saveRegistry(directory.resolve("other")));
        return calls.entrySet().stream()
                .map(call -> DynamicTest.dynamicTest(call.getKey(), () -> {
                    byte[] before = Files.readAllBytes(archive);
                    Throwable thrown = catchThrowable(call.getValue());

                    assertThat(Thread.interrupted()).as("interrupt status").isTrue();
                    assertThat(thrown).isInstanceOf(InterruptedIOException.class);
                    assertThat(Files.readAllBytes(archive)).isEqualTo(before);
                    assertThat(directory.resolve("new")).doesNotExist();
                }));
    }

    private void assertInterrupted(ThrowingCallable call) throws IOException {
        Thread.currentThread().interrupt();
        Throwable thrown = catchThrowable(call);
        boolean kept = Thread.interrupted();

        Throwable cause = thrown instanceof UncheckedIOException ? thrown.getCause() : thrown;
        assertThat(cause).isInstanceOf(InterruptedIOException.class);
        assertThat(kept).as("interrupt status").isTrue();
        assertThat(directory.resolve("new")).doesNotExist();
    }

    private Map<String, ThrowingCallable> calls() throws IOException {
        Path out = directory.resolve("new");
        ClusterImage image = builder().build();
        ImageScanner scanner = ImageScanner.builder().build();
        ClusterImageLayout opened = ClusterImageLayout.open(context);
        BlobStore store = BlobStore.at(directory.resolve("store"));
        Map<String, ThrowingCallable> calls = new LinkedHashMap<>();
        calls.put("build", () -> builder().build());
        calls.put("writeTo a layout", () -> image.writeTo(OciLayout.directory(out)));
        calls.put("writeTo an archive", () -> image.writeTo(OciLayout.archive(out)));
        calls.put("writeTo a docker archive", () -> image.writeTo(DockerArchive.file(out)));
        calls.put("saveRegistry", () -> image.saveRegistry(out));
        calls.put("inspect a layout", () -> ClusterImage.inspect(OciLayout.directory(layout)));
        calls.put("inspect an archive", () -> ClusterImage.inspect(OciLayout.archive(directory.resolve("image.tar"))));
        calls.put("verify a layout", () -> OciLayoutVerifier.verify(layout));
        calls.put("verify an image", () -> RegistryVerifier.verify(OciLayout.directory(layout)));
        calls.put("verify a registry", () -> RegistryVerifier.verify(RegistryDirectory.of(registry)));
        calls.put("scan", () -> scanner.scan(context));
        calls.put("scan manifests", () -> scanner.scan(plain));
        calls.put("validate manifests", () -> LayoutValidator.standard().validate(plain));
        calls.put("build manifests", () -> builder().context(plain).build());
        calls.put("scanChart", () -> scanner.scanChart(context.resolve("charts/app")));
        calls.put("validate a directory", () -> LayoutValidator.standard().validate(context));
        calls.put("validate a layout", () -> LayoutValidator.standard().validate(opened));
        calls.put("blobs", store::blobs);
        calls.put("removeUnusedSince", () -> store.removeUnusedSince(Instant.now()));
        return calls;
    }
}
