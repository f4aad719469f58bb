package io.sealos.internal.overlay;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Opens the content of a file, with the same bytes each time. Thread-safe. A result of null is refused. */
@FunctionalInterface
public interface StreamOpener {
    @Nullable
    InputStream open() throws IOException;
}
