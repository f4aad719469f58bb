package io.sealos.images;

/** The output of one template of a chart: YAML, perhaps several documents. Immutable and thread-safe. */
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
     * @param template the template's path from the chart's name on, such as {@code nginx/templates/service.yaml}
     * @param text the YAML that it rendered to
     */
    public static RenderedDocument of(String template, String text) {
        return new RenderedDocument(template, text);
    }

    /** {@return the template's path from the chart's name on} */
    public String template() {
        return template;
    }

    /** {@return the YAML that it rendered to} */
    public String text() {
        return text;
    }
}
