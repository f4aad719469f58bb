package io.sealos.oci;

import io.sealos.SealosException.Part;
import io.sealos.images.ImageReference;
import io.sealos.internal.text.Count;
import io.sealos.kubefile.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The result of {@link RegistryVerifier}. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class RegistryReport {
    private final List<ImageReference> references;
    private final List<ImageReference> artifacts;
    private final List<Part> problems;
    private final List<String> notices;

    RegistryReport(
            List<ImageReference> references,
            List<ImageReference> artifacts,
            List<Part> problems,
            List<String> notices) {
        this.references = List.copyOf(references);
        this.artifacts = List.copyOf(artifacts);
        this.problems = List.copyOf(problems);
        this.notices = List.copyOf(notices);
    }

    /** {@return the report on an image for all of its platforms} */
    static RegistryReport merged(List<Platform> platforms, List<RegistryReport> reports) {
        if (reports.size() == 1) {
            return reports.get(0);
        }
        return new RegistryReport(
                all(reports, RegistryReport::references),
                all(reports, RegistryReport::artifacts),
                placed(platforms, reports, report -> report.problems, RegistryReport::at),
                placed(platforms, reports, RegistryReport::notices, (line, platform) -> platform + ", " + line));
    }

    private static <T> List<T> all(List<RegistryReport> reports, Function<RegistryReport, List<T>> part) {
        return reports.stream()
                .flatMap(it -> part.apply(it).stream())
                .distinct()
                .toList();
    }

    private static <T> List<T> placed(
            List<Platform> platforms,
            List<RegistryReport> reports,
            Function<RegistryReport, List<T>> part,
            BiFunction<T, Platform, T> place) {
        List<T> lines = new ArrayList<>();
        for (int i = 0; i < reports.size(); i++) {
            Platform platform = platforms.get(i);
            part.apply(reports.get(i)).forEach(line -> lines.add(place.apply(line, platform)));
        }
        return lines;
    }

    private static Part at(Part problem, Platform platform) {
        String place = problem.place().isEmpty() ? platform.toString() : platform + ", " + problem.place();
        return new Part(place, problem.problem(), problem.fix());
    }

    /** {@return the images that the application requests} */
    public List<ImageReference> references() {
        return references;
    }

    /** {@return the artifacts that controllers fetch and that are in the registry of the image, such as charts} */
    public List<ImageReference> artifacts() {
        return artifacts;
    }

    /** {@return the problems: images and blobs that will be missing or wrong at the site, each with its place} */
    public List<String> problems() {
        return problems.stream().map(Part::toString).toList();
    }

    /**
     * {@return the notices: images that nodes can pull by tag, but not by the digest in the reference, and artifacts
     * that the site must provide}
     */
    public List<String> notices() {
        return notices;
    }

    /** {@return whether the report has no problems} */
    public boolean isSelfSufficient() {
        return problems.isEmpty();
    }

    /**
     * {@return this report if it has no problems}
     *
     * @throws IncompleteRegistryException if there are problems; it lists all of them
     */
    public RegistryReport orThrow() {
        if (!isSelfSufficient()) {
            throw new IncompleteRegistryException(problems);
        }
        return this;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RegistryReport that
                && references.equals(that.references)
                && artifacts.equals(that.artifacts)
                && problems.equals(that.problems)
                && notices.equals(that.notices);
    }

    @Override
    public int hashCode() {
        return Objects.hash(references, artifacts, problems, notices);
    }

    /** {@return one line with the counts, and one line for each problem} */
    @Override
    public String toString() {
        String saved = artifacts.isEmpty() ? "" : Count.of(artifacts.size(), "artifact") + ", ";
        StringBuilder text = new StringBuilder(
                Count.of(references.size(), "image") + " asked for, " + saved + Count.of(problems.size(), "problem"));
        problems().forEach(problem -> text.append('\n').append(problem));
        return text.toString();
    }
}
