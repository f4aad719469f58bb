package io.sealos.images;

import java.util.Objects;

/**
 * The output of one template of a chart, which is YAML with any number of documents. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class RenderedDocument {
    private final String template;
    private final String text;

    private RenderedDocument(String template, String text) {
        this.template = template;
        this.text = text;
    }

    /**
     * {@return a rendered template}
     *
     * @param template the path of the template, beginning with the name of the chart, such as
     *     {@code nginx/templates/service.yaml}
     * @param text the YAML output
     */
    public static RenderedDocument of(String template, String text) {
        Objects.requireNonNull(template, "template");
        Objects.requireNonNull(text, "text");
        return new RenderedDocument(template, text);
    }

    /** {@return the path of the template, beginning with the name of the chart} */
    public String template() {
        return template;
    }

    /** {@return the YAML output of the template} */
    public String text() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RenderedDocument that && template.equals(that.template) && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return Objects.hash(template, text);
    }

    /** {@return the template} */
    @Override
    public String toString() {
        return template;
    }
}
