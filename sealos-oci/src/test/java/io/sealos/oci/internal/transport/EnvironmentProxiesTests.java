package io.sealos.oci.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.Proxy;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentProxiesTests {
    private final EnvironmentProxies proxies = new EnvironmentProxies(Map.of(
            "HTTPS_PROXY", "http://secure.example:3128",
            "http_proxy", "plain.example:8080",
            "NO_PROXY", "localhost, .inner.example,other.example:5000"));

    @ParameterizedTest
    @CsvSource({
        "https://registry.example/v2/, secure.example:3128",
        "http://registry.example/v2/, plain.example:8080",
        "https://localhost:5000/, direct",
        "https://a.inner.example/, direct",
        "https://notinner.example/, secure.example:3128",
        "https://other.example:5000/, direct",
        "https://other.example/, secure.example:3128"
    })
    void selectWhenAskedTakesTheProxyOfTheSchemeUnlessExcepted(URI target, String expected) {
        Proxy chosen = proxies.select(target).get(0);

        assertThat(
                        chosen.type() == Proxy.Type.DIRECT
                                ? "direct"
                                : chosen.address().toString())
                .isEqualTo(expected.equals("direct") ? expected : expected.replace(":", "/<unresolved>:"));
    }

    @Test
    void createWhenProxyHasAUserRefusesItWithoutShowingIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EnvironmentProxies(Map.of("HTTPS_PROXY", "http://me:marker@proxy:1")))
                .withMessage("the proxy of the environment is none that can be used; write http://HOST:PORT, without a"
                        + " user");
    }
}
