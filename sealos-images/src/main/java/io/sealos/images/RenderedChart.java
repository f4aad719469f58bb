package io.sealos.images;

import java.util.List;
import java.util.Optional;

/** A chart that was rendered, hooks included, or the reason why it was not. Immutable and thread-safe. */
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
     * @param documents the output of its templates
     * @param notices sentences for the user, such as that the chart was rendered for another Kubernetes version
     */
    public static RenderedChart of(String name, List<RenderedDocument> documents, List<String> notices) {
        return new RenderedChart(name, documents, notices, List.of(), "", false);
    }

    /**
     * {@return a chart that could not be rendered}
     *
     * @param reason the reason in the engine's own words
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

    /** {@return the output of the templates, in the order of the engine} */
    public List<RenderedDocument> documents() {
        return documents;
    }

    /** {@return sentences for the user; none if the chart was rendered as requested} */
    public List<String> notices() {
        return notices;
    }

    /**
     * {@return this chart with the references of its schemas that were left out, since they would have to be fetched}
     *
     * @param left a file and an address each, such as {@code values.schema.json refers to https://example.com/a.json}
     */
    public RenderedChart withAddresses(List<String> left) {
        return new RenderedChart(name, documents, notices, left, failure, engineMissing);
    }

    /** {@return the references of its schemas that Helm would fetch, a file and an address each; they were left out} */
    public List<String> addresses() {
        return addresses;
    }

    /** {@return whether no engine works on this machine, so that no chart is rendered here} */
    public boolean isEngineMissing() {
        return engineMissing;
    }

    /** {@return the reason why the chart could not be rendered; empty if it was} */
    public Optional<String> failure() {
        return Optional.of(failure).filter(it -> !it.isEmpty());
    }
}
