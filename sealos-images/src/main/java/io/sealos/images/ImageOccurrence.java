package io.sealos.images;

import io.sealos.images.internal.finder.Sighting;
import io.sealos.images.internal.scan.Source;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A place at which an image reference occurs, with the finder that found it. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class ImageOccurrence {
    private final Sighting sighting;
    private final Source source;
    private final String ignoredBy;

    ImageOccurrence(Sighting sighting, Source source, String ignoredBy) {
        this.sighting = sighting;
        this.source = source;
        this.ignoredBy = ignoredBy;
    }

    /** {@return the image} */
    public ImageReference reference() {
        return sighting.reference();
    }

    /** {@return the certainty that the reference is an image that will run} */
    public Confidence confidence() {
        return sighting.confidence();
    }

    /**
     * {@return the file, relative to the context directory and with slashes; for a chart, the directory or archive of
     * the chart}
     */
    public String file() {
        return source.file();
    }

    /** {@return the line, from 1, in the file, in the file of the chart, or in the rendered output of the template} */
    public int line() {
        return sighting.line();
    }

    /** {@return the column, from 1} */
    public int column() {
        return sighting.column();
    }

    /**
     * {@return the path of the field, such as {@code spec.containers[0].image}; an empty string in a list or in text
     * that cannot be parsed}
     */
    public String path() {
        return sighting.path();
    }

    /** {@return the name of the chart; empty if the place is not in a chart} */
    public Optional<String> chart() {
        return Optional.of(source.chart()).filter(it -> !it.isEmpty());
    }

    /**
     * {@return the file within the chart; empty if the place is not in a chart} It is a template that was rendered,
     * such as {@code nginx/templates/deployment.yaml}, or a file that was read unchanged, such as
     * {@code nginx/values.yaml}.
     */
    public Optional<String> template() {
        return Optional.of(source.template()).filter(it -> !it.isEmpty());
    }

    /**
     * {@return the scenarios in which the rendered output of the chart has this place, in the order of
     * {@link ImageInventory#scenarios()}; empty if the place is not in the rendered output of a chart}
     */
    public List<String> scenarios() {
        return source.scenarios();
    }

    /**
     * {@return the places of the commands that apply the manifest or name the image, such as {@code install.sh:3} or
     * {@code Kubefile:4}, and of the objects of Flux and Argo CD that deploy it, such as {@code manifests/app.yaml:1};
     * empty if none was found}
     */
    public List<String> commands() {
        return source.commands();
    }

    /**
     * {@return the places of the values that a kustomization replaced with this one, in the order in which they were
     * replaced, such as {@code manifests/base/app.yaml:12}; empty if it replaced none} If it replaced those of several
     * objects, the places of the first object come first.
     */
    public List<String> replaced() {
        return source.replaced();
    }

    /** {@return the source from which the image is saved} */
    public ImageStorage storage() {
        return source.storage();
    }

    /**
     * {@return the name of the finder, which identifies the kind of place, such as {@code pod-spec} or {@code env}} The
     * README of sealos-images lists all finders.
     */
    public String finder() {
        return sighting.finder();
    }

    /** {@return the events of the Helm hook, such as {@code pre-install}; empty if the object is not a hook} */
    public Optional<String> hook() {
        return Optional.of(sighting.hook()).filter(it -> !it.isEmpty());
    }

    /**
     * {@return whether the object is run by {@code helm test} only} The images of such objects are not saved by
     * default.
     */
    public boolean isTestHook() {
        return sighting.isTestHook();
    }

    /**
     * {@return the reason why the image will run, such as {@code prometheus-operator 0.93.0 starts it for Prometheus
     * 'main' (config-reloader)}; empty if the place itself names the image}
     */
    public Optional<String> reason() {
        return Optional.of(sighting.reason()).filter(it -> !it.isEmpty());
    }

    /**
     * {@return the rule that excludes the image, such as {@code ignore("quay.io/**")} or {@code .sealignore:3}; empty
     * if none does} An excluded image is not saved.
     */
    public Optional<String> ignoredBy() {
        return Optional.of(ignoredBy).filter(it -> !it.isEmpty());
    }

    /**
     * {@return the file and path, such as {@code manifests/app.yaml spec.containers[0].image}, with the template for a
     * chart} There is no line number, because it would change with every edit of the file.
     */
    public String place() {
        return Stream.of(file(), source.template(), path())
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
    }

    /**
     * {@return the file and line, such as {@code manifests/app.yaml:7}} In a chart, it is the file of the chart, such
     * as {@code charts/web/templates/pod.yaml:7} or {@code charts/web-1.0.tgz/templates/pod.yaml:7}. The line of a
     * template is that of its rendered output.
     */
    public String location() {
        String inChart = source.template().substring(source.template().indexOf('/') + 1);
        return file() + (inChart.isEmpty() ? "" : "/" + inChart) + ":" + line();
    }

    /**
     * {@return the identity of the place} If two finders find the same reference at one place, their occurrences are
     * merged.
     */
    Key key() {
        return new Key(reference(), file(), source.template(), line(), column(), path());
    }

    /** {@return the two occurrences as one, with the finder of higher confidence and the scenarios of both} */
    ImageOccurrence united(ImageOccurrence other) {
        boolean first = confidence().compareTo(other.confidence()) <= 0;
        return new ImageOccurrence(first ? sighting : other.sighting, source.united(other.source), ignoredBy);
    }

    /** {@return this occurrence with files that are relative to another directory, whose path to here is the prefix} */
    ImageOccurrence within(String prefix) {
        return new ImageOccurrence(sighting, source.within(prefix), ignoredBy);
    }

    record Key(ImageReference reference, String file, String template, int line, int column, String path) {}

    @Override
    public boolean equals(Object other) {
        return other instanceof ImageOccurrence that
                && sighting.equals(that.sighting)
                && source.equals(that.source)
                && ignoredBy.equals(that.ignoredBy);
    }

    @Override
    public int hashCode() {
        return Objects.hash(sighting, source, ignoredBy);
    }

    /** {@return the place, the reference and the finder on one line} */
    @Override
    public String toString() {
        return reference() + " " + confidence() + " by " + finder() + " at " + location()
                + (path().isEmpty() ? "" : " " + path())
                + hook().map(it -> " (hook " + it + ")").orElse("")
                + reason().map(it -> ": " + it).orElse("");
    }
}
