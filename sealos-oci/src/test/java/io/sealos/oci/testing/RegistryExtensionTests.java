package io.sealos.oci.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.RegisterExtension;

class RegistryExtensionTests {
    /** A parameter of which nothing is asked. */
    private static final ParameterContext PARAMETER =
            (ParameterContext) proxy(ParameterContext.class, (method, arguments) -> null);

    private static final String SHOP = "registry.example/shop:1.0";

    @Nested
    @ExtendWith(RegistryExtension.class)
    class EachTest {
        private InProcessRegistry prepared;

        @BeforeEach
        void prepare(InProcessRegistry registry) throws IOException {
            assertThat(registry.access().toString()).doesNotContain("registry.example");
            registry.putImage(SHOP);
            prepared = registry;
        }

        @Test
        void resolvesTheRegistryOfBeforeEach(InProcessRegistry registry) {
            assertThat(registry).isSameAs(prepared);
        }

        @Test
        void hasARegistryOfItsOwn(InProcessRegistry registry) {
            assertThat(registry).isSameAs(prepared);
        }
    }

    @Nested
    class Shared {
        @RegisterExtension
        static final RegistryExtension EXTENSION = new RegistryExtension();

        private static InProcessRegistry shared;

        @BeforeAll
        static void prepare(InProcessRegistry registry) throws IOException {
            registry.putImage(SHOP);
            shared = registry;
        }

        @Test
        void resolvesTheRegistryOfBeforeAll(InProcessRegistry registry) {
            assertThat(registry).isSameAs(shared);
        }

        @Test
        void resolvesItForEachTest(InProcessRegistry registry) {
            assertThat(registry).isSameAs(shared);
        }
    }

    @Nested
    @ExtendWith(RegistryExtension.class)
    class Constructed {
        private final InProcessRegistry registry;

        Constructed(InProcessRegistry registry) {
            this.registry = registry;
        }

        @Test
        void resolvesTheRegistryOfTheConstructor(InProcessRegistry resolved) {
            assertThat(resolved).isSameAs(registry);
        }
    }

    @Test
    void handleTestExecutionExceptionWhenATestFailsAddsTheRequests() throws Exception {
        RegistryExtension extension = new RegistryExtension();
        ExtensionContext test = test();
        extension.beforeEach(test);
        InProcessRegistry registry = extension.resolveParameter(PARAMETER, test);
        AssertionError unasked = new AssertionError("expected");
        AssertionError failure = new AssertionError("expected");

        assertThatThrownBy(() -> extension.handleTestExecutionException(test, unasked))
                .isSameAs(unasked);
        assertThat(URI.create(registry.endpoint() + "/v2/shop/manifests/1.0")
                        .toURL()
                        .openConnection())
                .satisfies(asked -> assertThatThrownBy(asked::getInputStream).isInstanceOf(IOException.class));
        assertThatThrownBy(() -> extension.handleTestExecutionException(test, failure))
                .isSameAs(failure);

        assertThat(unasked.getSuppressed()[0]).hasMessage("the registry received no request");
        assertThat(failure.getSuppressed()[0]).hasMessage("the registry received:\n  GET /v2/shop/manifests/1.0 404");
        extension.afterEach(test);
        assertThat(extension.resolveParameter(PARAMETER, test)).isNotSameAs(registry);
        extension.afterAll(test);
    }

    /** A context with a store, which is all that the extension uses. */
    private static ExtensionContext test() {
        Map<Object, Object> values = new HashMap<>();
        Object store = proxy(ExtensionContext.Store.class, (method, arguments) -> switch (method.getName()) {
            case "get" -> values.get(arguments[0]);
            case "put" -> values.put(arguments[0], arguments[1]);
            case "remove" -> values.remove(arguments[0]);
            default -> throw new UnsupportedOperationException(method.getName());
        });
        return (ExtensionContext) proxy(ExtensionContext.class, (method, arguments) -> store);
    }

    private static Object proxy(Class<?> type, Answering answer) {
        return Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> answer.to(method, arguments));
    }

    private interface Answering {
        @Nullable
        Object to(Method method, Object[] arguments);
    }
}
