package io.sealos.oci.internal.save;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RequestHeaderTests extends RegistryFixture {
    @Test
    void saveWhenRegistryIsPlainHttpAsksForNoOtherProtocolAndNoCompression() throws Exception {
        push();

        saving().save("app/x:1");

        assertThat(registry.headers("Accept")).hasSize(1);
        assertThat(registry.headers("User-Agent")).hasSize(3);
        assertThat(registry.headers("Upgrade")).isEmpty();
        assertThat(registry.headers("Http2-settings")).isEmpty();
        assertThat(registry.headers("Connection")).noneMatch(value -> value.contains("Upgrade"));
        assertThat(registry.headers("Accept-Encoding")).isEmpty();
    }
}
