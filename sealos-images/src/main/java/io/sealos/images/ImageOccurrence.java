package io.sealos.images;

import io.sealos.images.internal.finder.Sighting;
import io.sealos.images.internal.scan.Source;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One place at which a reference stands, with what found it there. Immutable and thread-safe. */
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

    /** {@return how sure it is that this is an image that will run} */
    public Confidence confidence() {
        return sighting.confidence();
    }

    /**
     * {@return the file, relative to the context directory and with slashes; for a chart, the chart's directory or
     * file}
     */
    public String file() {
        return source.file();
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
        return Optional.of(source.chart()).filter(it -> !it.isEmpty());
    }

    /**
     * {@return the file of the chart, if it is in one: a template that was rendered, such as
     * {@code nginx/templates/deployment.yaml}, or one that was read as it is, such as {@code nginx/values.yaml}}
     */
    public Optional<String> template() {
        return Optional.of(source.template()).filter(it -> !it.isEmpty());
    }

    /**
     * {@return the scenarios whose values render it, in the order of {@link ImageInventory#scenarios()}; none if no
     * chart rendered it}
     */
    public List<String> scenarios() {
        return source.scenarios();
    }

    /**
     * {@return the places of the commands that apply the manifest or name the image, such as {@code install.sh:3} or
     * {@code Kubefile:4}; none where no command was found to do so}
     */
    public List<String> commands() {
        return source.commands();
    }

    /** {@return where the image is taken from when it is saved} */
    public ImageStorage storage() {
        return source.storage();
    }

    /**
     * {@return the kind of place that it was found in, such as {@code pod-spec} or {@code env}; the README of
     * sealos-images lists all of them}
     */
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

    /**
     * {@return what leaves it out, such as {@code ignore("quay.io/**")} or {@code .sealignore:3}; such images are not
     * saved}
     */
    public Optional<String> ignoredBy() {
        return Optional.of(ignoredBy).filter(it -> !it.isEmpty());
    }

    /**
     * {@return where it stands, without lines, which move with every edit: {@code manifests/app.yaml
     * spec.containers[0].image}, or with the template for a chart}
     */
    public String place() {
        return Stream.of(file(), source.template(), path())
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
    }

    /** Identifies a place, so two finders that see one reference there report one occurrence. */
    Key key() {
        return new Key(reference(), file(), source.template(), line(), column(), path());
    }

    /** Both as one: the surer finder, and the scenarios of both. */
    ImageOccurrence united(ImageOccurrence other) {
        boolean first = confidence().compareTo(other.confidence()) <= 0;
        return new ImageOccurrence(first ? sighting : other.sighting, source.united(other.source), ignoredBy);
    }

    record Key(ImageReference reference, String file, String template, int line, int column, String path) {}

    /** {@return one line that says what was found where, and why} */
    @Override
    public String toString() {
        String place = file() + ":" + line() + (path().isEmpty() ? "" : " " + path());
        return reference() + " " + confidence() + " by " + finder() + " at " + place
                + template().map(it -> " of " + it).orElse("")
                + hook().map(it -> " (hook " + it + ")").orElse("");
    }
}
