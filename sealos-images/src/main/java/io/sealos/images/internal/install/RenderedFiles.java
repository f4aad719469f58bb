package io.sealos.images.internal.install;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The files that sealos renders from templates before a command runs. */
@FunctionalInterface
public interface RenderedFiles {
    /**
     * {@return the text to which a template is rendered; empty if it does not render}
     *
     * @param template the file of the template
     */
    Optional<String> text(Path template) throws IOException;
}
