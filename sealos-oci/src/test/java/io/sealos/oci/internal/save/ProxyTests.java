package io.sealos.oci.internal.save;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sealos.oci.ImageSaveException;
import io.sealos.oci.RegistryAccess;
import io.sealos.oci.peers.PasswordProxy;
import io.sealos.oci.peers.TestCertificates;
import io.sealos.oci.testing.InProcessRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proxies that want a password, on the way to registries of plain HTTP and of TLS. */
class ProxyTests {
    @TempDir
    static Path certificatesDirectory;

    private static TestCertificates certificates;

    @TempDir
    Path directory;

    private InProcessRegistry registry;
    private PasswordProxy proxy;

    @BeforeAll
    static void makeCertificates() throws Exception {
        certificates = TestCertificates.in(certificatesDirectory);
    }

    @BeforeEach
    void startProxy() throws IOException {
        registry = InProcessRegistry.start();
        proxy = PasswordProxy.start("me", "p:w@1", "Basic realm=\"proxy\"");
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        registry.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void saveWhenProxyWantsAPasswordGivesItToTheProxyOnly(boolean tls) throws Exception {
        start(tls);

        save(access().proxy(ProxySelector.of(proxy.address())).proxyCredentials(proxy.host(), "me", "p:w@1"));

        assertThat(registry.requests()).hasSize(3);
        assertThat(proxy.requests())
                .isNotEmpty()
                .allMatch(line -> tls
                        ? line.equals("CONNECT " + registry.host() + " HTTP/1.1")
                        : line.startsWith("GET " + registry.endpoint() + "/v2/app/x/"));
        assertThat(registry.headers("Proxy-Authorization")).isEmpty();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("sealos-registry-client"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"me:p%3Aw%401@", "me:p:w@1@"})
    void saveWhenPasswordIsInTheEnvironmentTakesItFromThere(String login) throws Exception {
        start(true);

        save(access().proxies(Map.of("https_proxy", "http://" + login + proxy.host())));

        assertThat(proxy.requests()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void saveWhenNoPasswordIsGivenNamesTheProxyAndTheWay(boolean tls) throws Exception {
        start(tls);

        assertFails(
                access().proxy(ProxySelector.of(proxy.address())),
                "give it a user and password (proxyCredentials), or http://USER:PASSWORD@HOST:PORT in the environment");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void saveWhenPasswordIsWrongSaysSo(boolean tls) throws Exception {
        start(tls);

        assertFails(
                access().proxy(ProxySelector.of(proxy.address())).proxyCredentials("127.0.0.1", "me", "wrong"),
                "it does not take the user and password that are given for it");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void saveWhenProxyWantsAnotherWayOfLoggingInSaysSo(boolean tls) throws Exception {
        start(tls);
        proxy.close();
        proxy = PasswordProxy.start("me", "x", "Negotiate, NTLM");

        assertFails(
                access().proxy(ProxySelector.of(proxy.address())).proxyCredentials(proxy.host(), "me", "secret"),
                "it takes negotiate, ntlm only; ask who runs it for a way with a password (basic)");
    }

    @Test
    void saveWhenRegistryIsExceptedFromTheProxyGivesItNoPassword() throws Exception {
        start(false);

        save(access().proxies(Map.of("http_proxy", "http://me:secret@" + proxy.host(), "no_proxy", "127.0.0.1")));

        assertThat(proxy.requests()).isEmpty();
        assertThat(registry.headers("Proxy-Authorization")).isEmpty();
    }

    @Test
    void saveWhenProxyRefusesAConnectionSaysSoAtOnce() throws Exception {
        start(true);
        try (ServerSocket refusing = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
            AtomicInteger asked = new AtomicInteger();
            Thread serving = new Thread(() -> refuse(refusing, asked));
            serving.start();
            InetSocketAddress address =
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), refusing.getLocalPort());

            assertThatExceptionOfType(ImageSaveException.class)
                    .isThrownBy(() -> save(access().retries(3).proxy(ProxySelector.of(address))))
                    .withMessage("1 of 1 images could not be saved:\n  hub.example/app/x:1 (images/shim/list:1): "
                            + registry.host() + " failed: Tunnel failed, got: 403; the proxy lets nobody through to "
                            + registry.host() + "; ask who runs it, or except the host (NO_PROXY)");
            assertThat(asked).hasValue(1);
        }
    }

    private static void refuse(ServerSocket listening, AtomicInteger asked) {
        while (!listening.isClosed()) {
            try (Socket client = listening.accept()) {
                asked.incrementAndGet();
                client.getInputStream().read(new byte[4096]);
                client.getOutputStream()
                        .write("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                return; // The test is over.
            }
        }
    }

    private void start(boolean tls) throws Exception {
        if (tls) {
            registry.close();
            registry = InProcessRegistry.startTls(certificates.context(), false);
        }
        new TestImage("amd64", "a").pushTo(registry, "app/x", "1");
    }

    private RegistryAccess.Builder access() {
        return RegistryAccess.builder()
                .loginFiles(false)
                .retries(0)
                .endpoint("hub.example", registry.endpoint())
                .certificateAuthorities(registry.host(), certificates.authority());
    }

    private void save(RegistryAccess.Builder access) throws Exception {
        Saving.into(directory.resolve("store"), access.build()).save("hub.example/app/x:1");
    }

    private void assertFails(RegistryAccess.Builder access, String hint) {
        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> save(access))
                .withMessage("1 of 1 images could not be saved:\n  hub.example/app/x:1 (images/shim/list:1): the proxy "
                        + proxy.host() + " answered 407 and lets nobody through to " + registry.host() + "; " + hint);
    }
}
