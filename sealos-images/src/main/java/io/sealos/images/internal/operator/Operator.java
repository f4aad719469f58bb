package io.sealos.images.internal.operator;

import io.sealos.images.ImageReference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An operator with the images that it starts.
 *
 * @param name its name
 * @param images the names of its own image, without tag
 * @param variants the endings of a tag that do not change the version
 * @param values the named values, each with its sources in their order
 * @param facts the images that it starts
 * @param releases the versions that are known, in descending order
 */
public record Operator(
        String name,
        List<ImageReference> images,
        List<String> variants,
        Map<String, List<ValueSource>> values,
        List<Fact> facts,
        List<Release> releases) {
    /** {@return whether an image is that of this operator, in whatever registry} */
    boolean isRunBy(ImageReference image) {
        return images.stream()
                .anyMatch(it -> image.repository().equals(it.repository())
                        || image.repository().endsWith("/" + it.repository()));
    }

    /** {@return the version that a tag stands for, without the name of a variant} */
    Optional<String> version(String tag) {
        String plain = tag.startsWith("v") ? tag.substring(1) : tag;
        return Stream.concat(Stream.of(""), variants.stream())
                .filter(plain::endsWith)
                .map(it -> plain.substring(0, plain.length() - it.length()))
                .filter(Version::isPlain)
                .findFirst();
    }

    Optional<Release> release(String version) {
        return Optional.ofNullable(Version.of(version))
                .flatMap(number ->
                        releases.stream().filter(it -> it.covers(number)).findFirst());
    }

    /** {@return the highest release that is not above a version, else the lowest one} */
    Release nearest(Optional<String> version) {
        Version number = version.map(Version::of).orElse(null);
        return number == null
                ? releases.get(0)
                : releases.stream()
                        .filter(it -> it.number().compareTo(number) <= 0)
                        .findFirst()
                        .orElse(releases.get(releases.size() - 1));
    }

    /** {@return the lowest and the highest version that are known} */
    public String covered() {
        String newest = releases.get(0).version();
        String oldest = releases.get(releases.size() - 1).version();
        return newest.equals(oldest) ? newest : oldest + " to " + newest;
    }

    /** {@return all places at which values are looked up} */
    Stream<Lookup> lookups() {
        Stream<Lookup> ofValues = values.values().stream()
                .flatMap(List::stream)
                .flatMap(it ->
                        Stream.concat(Stream.of(it.lookup()), it.conditions().lookups()));
        return Stream.concat(
                ofValues, facts.stream().flatMap(it -> it.conditions().lookups()));
    }

    @Override
    public String toString() {
        return name + " " + covered();
    }
}
