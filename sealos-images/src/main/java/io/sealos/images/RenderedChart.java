package io.sealos.images;

import java.util.List;
import java.util.Optional;

/** A chart that was rendered, hooks included, or the reason why it was not. Immutable. */
public final class RenderedChart {
    private final String name;
    private final List<RenderedDocument> documents;
    private final List<String> notices;
    private final List<String> addresses;
    private final String failure;
    private final boolean engineMissing;

    private RenderedChart(
            String name,
            List<RenderedDocument> documents,
            List<String> notices,
            List<String> addresses,
            String failure,
            boolean engineMissing) {
        this.name = name;
        this.documents = List.copyOf(documents);
        this.notices = List.copyOf(notices);
        this.addresses = List.copyOf(addresses);
        this.failure = failure;
        this.engineMissing = engineMissing;
    }

    /**
     * {@return a chart that was rendered}
     *
     * @param name the chart's name
     * @param documents what its templates rendered to
     * @param notices what the user should know, such as another Kubernetes version than the wanted one
     */
    public static RenderedChart of(String name, List<RenderedDocument> documents, List<String> notices) {
        return new RenderedChart(name, documents, notices, List.of(), "", false);
    }

    /**
     * {@return a chart that could not be rendered}
     *
     * @param reason why, in the engine's own words
     */
    public static RenderedChart failed(String reason) {
        return failed(reason, false);
    }

    /**
     * {@return a chart that was not rendered because no engine works on this machine}
     *
     * @param reason what is missing
     */
    public static RenderedChart withoutEngine(String reason) {
        return failed(reason, true);
    }

    private static RenderedChart failed(String reason, boolean engineMissing) {
        String given = reason.isBlank() ? "the engine gave no reason" : reason;
        return new RenderedChart("", List.of(), List.of(), List.of(), given, engineMissing);
    }

    /** {@return the chart's name} */
    public String name() {
        return name;
    }

    /** {@return what the templates rendered to, in the order of the engine} */
    public List<RenderedDocument> documents() {
        return documents;
    }

    /** {@return what the user should know} */
    public List<String> notices() {
        return notices;
    }

    /**
     * {@return the same with what was left out of its schemas of values, since it would have to be fetched}
     *
     * @param left a file and an address each, such as {@code values.schema.json refers to https://example.com/a.json}
     */
    public RenderedChart withAddresses(List<String> left) {
        return new RenderedChart(name, documents, notices, left, failure, engineMissing);
    }

    /** {@return what Helm would fetch to check the values, a file and an address each; it was left out} */
    public List<String> addresses() {
        return addresses;
    }

    /** {@return whether no engine works on this machine, so that no chart is rendered here} */
    public boolean isEngineMissing() {
        return engineMissing;
    }

    /** {@return why the chart could not be rendered, if so} */
    public Optional<String> failure() {
        return Optional.of(failure).filter(it -> !it.isEmpty());
    }
}
