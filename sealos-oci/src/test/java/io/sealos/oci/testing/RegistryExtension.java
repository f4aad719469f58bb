package io.sealos.oci.testing;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * A JUnit extension that starts an empty {@link InProcessRegistry} for each test, and provides it as a parameter of the
 * test and of its methods {@code @BeforeEach} and {@code @AfterEach}. A registry that is a parameter of the constructor
 * or of a method {@code @BeforeAll} is shared by all tests of the class. Each registry is closed after its last test.
 * If a test fails, the requests that the registry received and the status of each response are added to the failure.
 *
 * <pre>{@code
 * @ExtendWith(RegistryExtension.class)
 * class ShopImageTest {
 *     @Test
 *     void buildSavesTheShop(InProcessRegistry registry, @TempDir Path directory) throws IOException {
 *         registry.putImage("registry.example/shop:1.0");
 *         ClusterImage.builder().context(…).registryAccess(registry.access()).contentStore(directory)…
 *     }
 * }
 * }</pre>
 *
 * @since 0.1.0
 */
public final class RegistryExtension
        implements BeforeEachCallback,
                AfterEachCallback,
                AfterAllCallback,
                ParameterResolver,
                TestExecutionExceptionHandler {
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(RegistryExtension.class);

    /** Creates an extension. Called by JUnit for {@code @ExtendWith}. */
    public RegistryExtension() {}

    @Override
    public void beforeEach(ExtensionContext test) throws IOException {
        registry(test);
    }

    @Override
    public void afterEach(ExtensionContext test) {
        close(test);
    }

    @Override
    public void afterAll(ExtensionContext container) {
        close(container);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == InProcessRegistry.class;
    }

    @Override
    public InProcessRegistry resolveParameter(ParameterContext parameter, ExtensionContext context) {
        try {
            return registry(context);
        } catch (IOException e) {
            throw new ParameterResolutionException("the registry cannot be started: " + e.getMessage(), e);
        }
    }

    @Override
    public void handleTestExecutionException(ExtensionContext test, Throwable failure) throws Throwable {
        InProcessRegistry registry = find(test);
        if (registry != null) {
            failure.addSuppressed(new Received(registry.responses()));
        }
        throw failure;
    }

    /** Returns the registry of a test or its class, which is started if there is none. */
    private synchronized InProcessRegistry registry(ExtensionContext context) throws IOException {
        InProcessRegistry known = find(context);
        if (known != null) {
            return known;
        }
        InProcessRegistry started = InProcessRegistry.start();
        store(context).put(InProcessRegistry.class, started);
        return started;
    }

    /** Null if there is none; a store also finds what those of the enclosing contexts have. */
    private static @Nullable InProcessRegistry find(ExtensionContext context) {
        return store(context).get(InProcessRegistry.class, InProcessRegistry.class);
    }

    private static void close(ExtensionContext context) {
        InProcessRegistry registry = store(context).remove(InProcessRegistry.class, InProcessRegistry.class);
        if (registry != null) {
            registry.close();
        }
    }

    private static ExtensionContext.Store store(ExtensionContext context) {
        return context.getStore(NAMESPACE);
    }

    /** The requests that a registry received, as a part of the failure of a test. */
    private static final class Received extends Exception {
        private static final long serialVersionUID = 1L;

        Received(List<String> responses) {
            super(
                    "the registry "
                            + (responses.isEmpty()
                                    ? "received no request"
                                    : "received:\n  " + String.join("\n  ", responses)),
                    null,
                    false,
                    false);
        }
    }
}
