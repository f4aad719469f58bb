package io.sealos.images;

import io.sealos.images.internal.finder.Sighting;
import java.util.Optional;

/** One place at which a reference stands, with what found it there. Immutable and thread-safe. */
public final class ImageOccurrence {
    private final Sighting sighting;
    private final String file;
    private final String chart;
    private final String template;

    ImageOccurrence(Sighting sighting, String file, String chart, String template) {
        this.sighting = sighting;
        this.file = file;
        this.chart = chart;
        this.template = template;
    }

    /** {@return the image} */
    public ImageReference reference() {
        return sighting.reference();
    }

    /** {@return how sure it is that this is an image that will run} */
    public Confidence confidence() {
        return sighting.confidence();
    }

    /**
     * {@return the file, relative to the context directory and with slashes; for a chart, the chart's folder or file}
     */
    public String file() {
        return file;
    }

    /** {@return the 1-based line in the file, in that of the chart, or in what the template rendered to} */
    public int line() {
        return sighting.line();
    }

    /** {@return the 1-based column} */
    public int column() {
        return sighting.column();
    }

    /** {@return the way to the node, such as {@code spec.containers[0].image}; empty in a list or unparsed text} */
    public String path() {
        return sighting.path();
    }

    /** {@return the chart's name, if it is in one} */
    public Optional<String> chart() {
        return Optional.of(chart).filter(it -> !it.isEmpty());
    }

    /**
     * {@return the file of the chart, if it is in one: a template that was rendered, such as
     * {@code nginx/templates/deployment.yaml}, or one that was read as it is, such as {@code nginx/values.yaml}}
     */
    public Optional<String> template() {
        return Optional.of(template).filter(it -> !it.isEmpty());
    }

    /** {@return the kind of place that it was found in, such as {@code pod-spec} or {@code env}} */
    public String finder() {
        return sighting.finder();
    }

    /** {@return the events of the Helm hook that the object is, such as {@code pre-install}} */
    public Optional<String> hook() {
        return Optional.of(sighting.hook()).filter(it -> !it.isEmpty());
    }

    /** {@return whether the object only runs in {@code helm test}; such images are not saved by default} */
    public boolean isTestHook() {
        return sighting.hook().startsWith("test");
    }

    /** {@return one line that says what was found where, and why} */
    @Override
    public String toString() {
        String place = file + ":" + line() + (path().isEmpty() ? "" : " " + path());
        String source = template.isEmpty() ? "" : " of " + template;
        return reference() + " " + confidence() + " by " + finder() + " at " + place + source
                + hook().map(it -> " (hook " + it + ")").orElse("");
    }
}
