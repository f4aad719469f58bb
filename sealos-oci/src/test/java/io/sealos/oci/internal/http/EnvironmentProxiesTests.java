package io.sealos.oci.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.Proxy;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @CsvSource({
        "http://me:p%3Aw%40x@proxy.example:3128, proxy.example:3128, me p:w@x",
        "me:p@w+x@proxy.example, proxy.example:80, me p@w+x",
        "http://me@proxy.example:1, proxy.example:1, 'me '",
        "http://me:100%@proxy.example:1/, proxy.example:1, me 100%"
    })
    void credentialsWhenAddressHasALoginTakesItOut(String address, String host, String login) {
        EnvironmentProxies withLogin = new EnvironmentProxies(Map.of("HTTPS_PROXY", address));

        assertThat(withLogin.select(URI.create("https://h/")).get(0).address().toString())
                .isEqualTo(host.replace(":", "/<unresolved>:"));
        assertThat(withLogin.credentials())
                .hasEntrySatisfying(
                        host,
                        found -> assertThat(found.user().orElse("") + " " + found.secret())
                                .isEqualTo(login));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://me:marker@proxy:1",
                "http://me:marker@",
                "socks5://me:marker@proxy:1",
                "http://me:marker@pro xy"
            })
    void createWhenProxyCannotBeUsedRefusesItWithoutShowingIt(String address) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EnvironmentProxies(Map.of("HTTPS_PROXY", address)))
                .satisfies(e -> assertThat(e.getMessage())
                        .endsWith("; write http://HOST:PORT or http://USER:PASSWORD@HOST:PORT")
                        .doesNotContain("marker"))
                .withNoCause();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.1.2.3:5000, true",
        "10.0.0.0/8, 11.1.2.3, false",
        "192.168.4.0/22, 192.168.7.255, true",
        "192.168.4.0/22, 192.168.8.0, false",
        "0.0.0.0/0, 8.8.8.8, true",
        "10.0.0.0/33, 10.0.0.0, false",
        "10.0.0.0/8, host.example, false",
        "fd00::/8, [fd12::1]:5000, true",
        "fd00::/8, [fe80::1], false",
        "10.1.2.3, 10.1.2.3:5000, true",
        "10.1.2.3:5000, 10.1.2.3:5000, true",
        "10.1.2.3:5000, 10.1.2.3, false",
        "2.3, 10.1.2.3, false",
        "::1, [::1]:5000, true",
        "[::1]:5000, [::1]:5000, true",
        "[::1], [0:0:0:0:0:0:0:1], true",
        "*.inner.example, a.b.inner.example, true",
        "*.inner.example, notinner.example, false",
        ".inner.example:5000, a.inner.example:5000, true",
        "registry.example:443, registry.example, true",
        "registry.example:80, registry.example, false",
        "REGISTRY.example, registry.EXAMPLE, true",
        "'a.example b.example', b.example, true",
        "'a.example,, ,b.example', b.example, true",
        "*, anything.example, true"
    })
    void selectWhenEntryOfNoProxyIsWrittenOtherwiseUnderstandsIt(String entry, String host, boolean direct) {
        EnvironmentProxies some = new EnvironmentProxies(Map.of("HTTPS_PROXY", "http://proxy:1", "no_proxy", entry));

        assertThat(some.select(URI.create("https://" + host + "/v2/")).get(0).type() == Proxy.Type.DIRECT)
                .isEqualTo(direct);
    }
}
