package io.sealos.images;

import io.sealos.internal.text.Count;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The result of rendering a chart: its output, including hooks, or the reason why it was not rendered. Immutable and
 * thread-safe.
 *
 * @since 0.1.0
 */
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
     * @param notices sentences for the user, for example that the chart was rendered for another Kubernetes version
     */
    public static RenderedChart of(String name, List<RenderedDocument> documents, List<String> notices) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(documents, "documents");
        Objects.requireNonNull(notices, "notices");
        return new RenderedChart(name, documents, notices, List.of(), "", false);
    }

    /**
     * {@return a chart that could not be rendered}
     *
     * @param reason the reason, as reported by the engine
     */
    public static RenderedChart failed(String reason) {
        return failed(reason, false);
    }

    /**
     * {@return a chart that was not rendered because no engine works on this machine}
     *
     * @param reason the reason why no engine works
     */
    public static RenderedChart withoutEngine(String reason) {
        return failed(reason, true);
    }

    private static RenderedChart failed(String reason, boolean engineMissing) {
        String given = reason.isBlank() ? "the engine gave no reason" : reason;
        return new RenderedChart("", List.of(), List.of(), List.of(), given, engineMissing);
    }

    /** {@return the name of the chart} */
    public String name() {
        return name;
    }

    /** {@return the output of the templates, in the order in which the engine returns them} */
    public List<RenderedDocument> documents() {
        return documents;
    }

    /** {@return sentences for the user; empty if the chart was rendered as requested} */
    public List<String> notices() {
        return notices;
    }

    /**
     * {@return a copy of this chart with the remote references of its schemas, which were omitted because they cannot
     * be fetched}
     *
     * @param left a sentence for each reference, such as {@code values.schema.json refers to
     *     https://example.com/a.json}
     */
    public RenderedChart withAddresses(List<String> left) {
        return new RenderedChart(name, documents, notices, left, failure, engineMissing);
    }

    /**
     * {@return the remote references of its schemas, which Helm would fetch and which were omitted; each one has the
     * file and the address}
     */
    public List<String> addresses() {
        return addresses;
    }

    /** {@return whether the chart was not rendered because no engine works on this machine} */
    public boolean isEngineMissing() {
        return engineMissing;
    }

    /** {@return the reason why the chart could not be rendered; empty if it was} */
    public Optional<String> failure() {
        return Optional.of(failure).filter(it -> !it.isEmpty());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RenderedChart that
                && name.equals(that.name)
                && documents.equals(that.documents)
                && notices.equals(that.notices)
                && addresses.equals(that.addresses)
                && failure.equals(that.failure)
                && engineMissing == that.engineMissing;
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, documents, notices, addresses, failure, engineMissing);
    }

    /** {@return the name, and the number of documents or the failure} */
    @Override
    public String toString() {
        return name + (failure.isEmpty() ? " with " + Count.of(documents.size(), "document") : ": " + failure);
    }
}
