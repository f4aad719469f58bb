package io.sealos.images.internal.operator;

import io.sealos.images.ImageReference;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The operators about which something is known. Immutable. */
public final class Operators {
    private static final String DIRECTORY = "/io/sealos/images/operators/";

    private final List<Operator> all;
    private final Map<String, List<Operator>> byImage = new LinkedHashMap<>();
    private final Map<String, Set<FieldQuery>> queries = new LinkedHashMap<>();
    private final Set<String> resources = new LinkedHashSet<>();

    private Operators(Collection<Operator> all) {
        this.all = List.copyOf(all);
        for (Operator operator : this.all) {
            operator.images().stream()
                    .map(Operators::lastPart)
                    .distinct()
                    .forEach(it -> byImage.computeIfAbsent(it, key -> new ArrayList<>())
                            .add(operator));
            addQueries(operator);
        }
    }

    private void addQueries(Operator operator) {
        List<FieldQuery> own = new ArrayList<>();
        operator.lookups()
                .forEach(lookup -> lookup.query().ifPresent(query -> {
                    if (lookup.isOfResource()) {
                        own.add(query);
                    } else {
                        queries(lookup.of()).add(query);
                    }
                }));
        operator.facts().stream()
                .map(Fact::resource)
                .filter(it -> !it.isEmpty())
                .forEach(it -> {
                    resources.add(it);
                    queries(it).addAll(own);
                });
    }

    private Set<FieldQuery> queries(String kind) {
        return queries.computeIfAbsent(kind, it -> new LinkedHashSet<>());
    }

    /** {@return the operators that the library knows, and others, which replace those with the same name} */
    public static Operators builtInAnd(List<Operator> others) {
        if (others.isEmpty()) {
            return BuiltIn.ALL;
        }
        Map<String, Operator> byName = new TreeMap<>();
        BuiltIn.ALL.all.forEach(it -> byName.put(it.name(), it));
        others.forEach(it -> byName.put(it.name(), it));
        return new Operators(byName.values());
    }

    /** {@return no operators} */
    public static Operators none() {
        return new Operators(List.of());
    }

    /** The operators that the library knows, which are read when they are first needed. */
    private static final class BuiltIn {
        static final Operators ALL = new Operators(readBuiltIn());
    }

    private static List<Operator> readBuiltIn() {
        try {
            List<Operator> operators = new ArrayList<>();
            for (String name : resource("index.txt").lines().toList()) {
                operators.add(OperatorReader.read(resource(name + ".yaml")));
            }
            return List.copyOf(operators);
        } catch (IOException e) {
            throw new UncheckedIOException("the descriptions of operators in the library cannot be read", e);
        } catch (OperatorFormatException e) {
            throw new IllegalStateException("a description of an operator in the library is not valid", e);
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Operators.class.getResourceAsStream(DIRECTORY + name)) {
            if (in == null) {
                throw new IOException(DIRECTORY + name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    public List<Operator> all() {
        return all;
    }

    /** {@return the operator that an image runs, in whatever registry the image is} */
    public Optional<Operator> runBy(ImageReference image) {
        return byImage.getOrDefault(lastPart(image), List.of()).stream()
                .filter(it -> it.isRunBy(image))
                .findFirst();
    }

    private static String lastPart(ImageReference image) {
        return image.repository().substring(image.repository().lastIndexOf('/') + 1);
    }

    /** {@return the fields of a kind that facts refer to; none if they refer to no object of that kind} */
    Set<FieldQuery> fields(String kind) {
        return queries.getOrDefault(kind, Set.of());
    }

    /** {@return whether operators start images for resources of a kind} */
    boolean isResource(String kind) {
        return resources.contains(kind);
    }

    /** {@return whether facts refer to objects of a kind} */
    boolean isKnown(String kind) {
        return queries.containsKey(kind);
    }
}
