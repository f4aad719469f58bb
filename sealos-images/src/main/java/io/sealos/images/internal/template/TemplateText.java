package io.sealos.images.internal.template;

import java.util.Optional;
import java.util.SortedSet;

/**
 * The result of rendering a template.
 *
 * @param text the text, or an empty one if the template does not render
 * @param failure why the template does not render, or an empty text
 * @param line the line of the failure, or 0
 * @param engineMissing whether no chart engine works on this machine
 * @param varying the functions of the template whose results are other ones each time
 */
public record TemplateText(String text, String failure, int line, boolean engineMissing, SortedSet<String> varying) {
    /** {@return the reason why the template does not render; empty if it does} */
    public Optional<String> reason() {
        return Optional.of(failure).filter(it -> !it.isEmpty());
    }
}
