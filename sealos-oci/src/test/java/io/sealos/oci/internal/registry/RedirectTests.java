package io.sealos.oci.internal.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sealos.oci.internal.transport.Credential;
import io.sealos.oci.internal.transport.Hashes;
import io.sealos.oci.testing.Fault;
import io.sealos.oci.testing.InProcessRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectTests extends RegistryFixture {
    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void saveWhenRedirectedToAnotherPortFollowsWithoutTheCredential(int status) throws Exception {
        TestImage image = push();
        registry.requireBasic("me", "secret");
        try (InProcessRegistry other = InProcessRegistry.start()) {
            image.pushTo(other, "app/x", "1");
            String blob = "/v2/app/x/blobs/" + Hashes.sha256(image.layer());
            registry.fault(blob, Fault.status(status, 1, "Location", other.endpoint() + blob + "?signature=x"));

            saving(settings().credential(registry.host(), Credential.of("me", "secret")))
                    .save("app/x:1");

            assertThat(other.requests()).containsExactly("GET " + blob);
            assertThat(other.authorizations()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v2/app/y/blobs/", "../../y/blobs/", "http://HOST/v2/app/y/blobs/"})
    void saveWhenRedirectedOnTheSameHostKeepsTheCredential(String location) throws Exception {
        TestImage image = push();
        registry.requireBasic("me", "secret");
        String layer = Hashes.sha256(image.layer()).toString();
        registry.fault(
                "/app/x/blobs/" + layer,
                Fault.status(302, 1, "Location", location.replace("HOST", registry.host()) + layer));

        saving(settings().credential(registry.host(), Credential.of("me", "secret")))
                .save("app/x:1");

        assertThat(registry.requests("GET /v2/app/y/blobs/" + layer)).isEqualTo(1);
    }

    @Test
    void saveWhenRedirectedWithoutEndStops() {
        push();
        registry.fault("/manifests/1", Fault.status(302, 99, "Location", "/v2/app/x/manifests/1"));

        assertThatExceptionOfType(UnsavedImagesException.class)
                .isThrownBy(() -> saving().save("app/x:1"))
                .withMessageEndingWith(registry.host() + " redirects without end; ask who runs it");
        assertThat(registry.requests()).hasSize(6);
    }

    @Test
    void saveWhenRedirectedToPlainHttpNobodyAllowedRefusesIt() {
        push();
        registry.fault("/manifests/1", Fault.status(302, 1, "Location", "http://storage.example/blob?secret=s"));

        assertThatExceptionOfType(UnsavedImagesException.class)
                .isThrownBy(() -> saving().save("app/x:1"))
                .withMessageEndingWith(
                        registry.host() + " redirects to http://storage.example; allow plain HTTP for that host");
    }
}
