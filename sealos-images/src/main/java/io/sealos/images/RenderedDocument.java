package io.sealos.images;

/** The output of one template of a chart, which is YAML with any number of documents. Immutable and thread-safe. */
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
}
