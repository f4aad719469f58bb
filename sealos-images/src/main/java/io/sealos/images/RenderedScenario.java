package io.sealos.images;

import io.sealos.internal.text.Count;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The images of a chart with the values of one scenario, compared with those of its default values. Immutable and
 * thread-safe.
 *
 * @since 0.1.0
 */
public final class RenderedScenario {
    private final String name;
    private final String file;
    private final List<ImageReference> references;
    private final List<ImageReference> added;

    RenderedScenario(
            String name, String file, NavigableSet<ImageReference> references, Set<ImageReference> ofDefaults) {
        this.name = name;
        this.file = file;
        this.references = List.copyOf(references);
        this.added = references.stream().filter(it -> !ofDefaults.contains(it)).toList();
    }

    private RenderedScenario(String name, String file, List<ImageReference> references, List<ImageReference> added) {
        this.name = name;
        this.file = file;
        this.references = references;
        this.added = added;
    }

    /** {@return this scenario with a file that is relative to another directory, whose path to here is the prefix} */
    RenderedScenario within(String prefix) {
        return new RenderedScenario(name, prefix + file, references, added);
    }

    /**
     * {@return the name of the scenario: {@code defaults}, the name of a {@link ChartScenario}, or a Helm command with
     * its place, such as {@code helm upgrade app (entrypoint.sh:3)}}
     */
    public String name() {
        return name;
    }

    /** {@return the directory or file of the chart, relative to the context directory and with slashes} */
    public String file() {
        return file;
    }

    /** {@return the images that the chart has with these values, of every confidence, sorted} */
    public List<ImageReference> references() {
        return references;
    }

    /** {@return the images that the chart does not have with its default values, sorted} */
    public List<ImageReference> added() {
        return added;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RenderedScenario that
                && name.equals(that.name)
                && file.equals(that.file)
                && references.equals(that.references)
                && added.equals(that.added);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, file, references, added);
    }

    /** {@return the name of the scenario and the images that it adds, on one line} */
    @Override
    public String toString() {
        String names = added.stream().map(ImageReference::familiarString).collect(Collectors.joining(", "));
        return file + " with " + name + ": " + Count.of(references.size(), "image") + ", " + added.size() + " added"
                + (names.isEmpty() ? "" : ": " + names);
    }
}
