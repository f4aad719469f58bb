package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealos.oci.peers.TcpRelay;
import io.sealos.oci.testing.Fault;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A push by another process: killed in the middle and repeated, and beside one of this process. */
@Tag("endurance")
class KilledPushTests extends PushFixture {
    /** Run in a process of its own: pushes the context through a slow relay. */
    static final class Pusher {
        private Pusher() {}

        public static void main(String[] arguments) throws IOException {
            ClusterImage.builder()
                    .context(Path.of(arguments[0]))
                    .saveImages(false)
                    .compression(LayerCompression.NONE)
                    .contentStore(Path.of(arguments[1]))
                    .executor(Runnable::run)
                    .registryAccess(RegistryAccess.builder()
                            .loginFiles(false)
                            .endpoint("hub.example", URI.create(arguments[2]))
                            .build())
                    .build()
                    .writeTo(RegistryImage.of("hub.example/team/app:1"));
        }
    }

    @Test
    void writeToWhenAnEarlierPushWasKilledSendsTheRestOnly() throws Exception {
        write("big", "x".repeat(8 << 20));
        try (TcpRelay relay = TcpRelay.to(registry.endpoint().getPort(), Duration.ofMillis(30))) {
            Process pusher = start("http://" + relay.host());
            while (pusher.isAlive() && registry.requests("PUT /v2/team/app/blobs/uploads/") < 2) {
                pusher.waitFor(5, TimeUnit.MILLISECONDS);
            }
            assertThat(pusher.isAlive()).as("it is sending its second blob").isTrue();
            pusher.destroyForcibly().waitFor();
        }
        long before = registry.uploadedBytes();

        BuildResult done = push("hub.example/team/app:1");

        List<BuildLayer> layers = done.layers();
        assertThat(registry.requests("manifests")).isEqualTo(1);
        assertThat(heard("it is there"))
                .singleElement()
                .asString()
                .contains(layers.get(0).digest().toString());
        assertThat(heard("sending")).hasSize(2);
        assertThat(registry.uploadedBytes() - before)
                .isGreaterThan(layers.get(1).size());
    }

    @Test
    void writeToWhenAnotherProcessIsPushingTheSameSucceedsAsThatOne() throws Exception {
        registry.fault("PUT", "/blobs/uploads/", Fault.delay(Duration.ofSeconds(4), 1));
        Process other = start(registry.endpoint().toString());
        while (other.isAlive() && registry.requests("PUT /v2/team/app/blobs/uploads/") < 1) {
            other.waitFor(5, TimeUnit.MILLISECONDS);
        }

        BuildResult done = push("hub.example/team/app:1");

        assertThat(other.isAlive()).as("it has not ended its first upload").isTrue();
        assertThat(other.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(other.exitValue()).isZero();
        RegistryAccess access = access().build();
        assertThat(ClusterImage.inspect(
                                RegistryImage.of("hub.example/team/app:1").withAccess(access))
                        .digest())
                .hasValue(done.digest());
        assertThat(registry.uploadedBytes()).isLessThan(2 * BIG);
    }

    private Process start(String endpoint) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Pusher.class.getName(),
                        context().toString(),
                        directory.resolve("store").toString(),
                        endpoint)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
