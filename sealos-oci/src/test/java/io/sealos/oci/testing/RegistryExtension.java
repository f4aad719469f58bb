package io.sealos.oci.testing;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A JUnit extension that starts an empty {@link InProcessRegistry} for each test, and provides it as a parameter of the
 * test.
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
public final class RegistryExtension implements BeforeEachCallback, AfterEachCallback, ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(RegistryExtension.class);

    /** Creates an extension. Called by JUnit for {@code @ExtendWith}. */
    public RegistryExtension() {}

    @Override
    public void beforeEach(ExtensionContext test) throws IOException {
        store(test).put(InProcessRegistry.class, InProcessRegistry.start());
    }

    @Override
    public void afterEach(ExtensionContext test) {
        InProcessRegistry registry = store(test).remove(InProcessRegistry.class, InProcessRegistry.class);
        if (registry != null) {
            registry.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == InProcessRegistry.class;
    }

    @Override
    public @Nullable Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        return store(test).get(InProcessRegistry.class);
    }

    private static ExtensionContext.Store store(ExtensionContext test) {
        return test.getStore(NAMESPACE);
    }
}
