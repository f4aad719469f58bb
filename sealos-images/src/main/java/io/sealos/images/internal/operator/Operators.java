package io.sealos.images.internal.operator;

import io.sealos.images.ImageReference;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The operators about which something is known. Thread-safe. */
public final class Operators {
    private final List<OperatorSource> sources;
    /** The paths of fields from which values are taken, by the kinds of their objects. */
    private final Map<String, Set<String>> fields = new LinkedHashMap<>();
    /** The operators that start images for resources of a kind. */
    private final Map<String, Set<OperatorSource>> resources = new LinkedHashMap<>();

    private final Map<String, Set<FieldQuery>> queries = new ConcurrentHashMap<>();

    private Operators(Collection<OperatorSource> sources) {
        this.sources = List.copyOf(sources);
        for (OperatorSource source : this.sources) {
            source.fields()
                    .forEach(it -> fields.computeIfAbsent(it.kind(), key -> new LinkedHashSet<>())
                            .add(it.path()));
            source.kinds()
                    .forEach(it -> resources
                            .computeIfAbsent(it, key -> new LinkedHashSet<>())
                            .add(source));
        }
    }

    /** {@return the operators that the library knows, and others, which replace those with the same name} */
    public static Operators builtInAnd(List<Operator> others) {
        Map<String, OperatorSource> byName = new TreeMap<>();
        OperatorSource.builtIn().forEach(it -> byName.put(it.name(), it));
        others.forEach(it -> byName.put(it.name(), OperatorSource.of(it)));
        return new Operators(byName.values());
    }

    /** {@return no operators} */
    public static Operators none() {
        return new Operators(List.of());
    }

    /** {@return the operators of which something was found, in this or another scan, sorted by name} */
    public List<Operator> found() {
        return sources.stream()
                .filter(OperatorSource::isRead)
                .map(OperatorSource::operator)
                .toList();
    }

    /** {@return the operator that an image runs, in whatever registry the image is} */
    public Optional<Operator> runBy(ImageReference image) {
        return sources.stream().filter(it -> it.isRunBy(image)).findFirst().map(OperatorSource::operator);
    }

    /** {@return whether operators start images for resources of a kind} */
    boolean isResource(String kind) {
        return resources.containsKey(kind);
    }

    /** {@return whether facts refer to objects of a kind} */
    boolean isKnown(String kind) {
        return resources.containsKey(kind) || fields.containsKey(kind);
    }

    /** {@return the fields of a kind that facts refer to; none if they refer to no object of that kind} */
    Set<FieldQuery> fields(String kind) {
        return isKnown(kind) ? queries.computeIfAbsent(kind, this::readFields) : Set.of();
    }

    private Set<FieldQuery> readFields(String kind) {
        Set<FieldQuery> all = new LinkedHashSet<>();
        fields.getOrDefault(kind, Set.of()).forEach(it -> FieldQuery.parse(it).ifPresent(all::add));
        resources
                .getOrDefault(kind, Set.of())
                .forEach(source -> source.operator()
                        .lookups()
                        .filter(Lookup::isOfResource)
                        .forEach(it -> it.query().ifPresent(all::add)));
        return all;
    }
}
