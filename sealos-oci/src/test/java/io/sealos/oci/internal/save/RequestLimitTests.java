package io.sealos.oci.internal.save;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealos.oci.testing.Fault;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RequestLimitTests extends RegistryFixture {
    @Test
    void saveWhenRequestsPerHostAreBoundedSendsNoMoreAtATime() throws Exception {
        String[] names =
                IntStream.range(0, 12).mapToObj(i -> "app/x" + i + ":1").toArray(String[]::new);
        for (int i = 0; i < names.length; i++) {
            new TestImage("amd64", "image" + i).pushTo(registry, "app/x" + i, "1");
        }
        registry.fault("/", Fault.delay(Duration.ofMillis(20), 99));

        saving(settings().requestsPerHost(3)).save(names);

        // The server may still be ending an answer that the client has whole.
        assertThat(registry.mostAtOnce()).isBetween(2, 6);
    }
}
