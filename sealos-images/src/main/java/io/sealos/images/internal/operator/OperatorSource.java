package io.sealos.images.internal.operator;

import io.sealos.images.ImageReference;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An operator, the description of which is read when the operator or one of its resources is found. Only a line of an
 * index is read before. Thread-safe.
 */
final class OperatorSource {
    private static final String DIRECTORY = "/io/sealos/images/operators/";

    /** A field of another object from which values are taken. */
    record Field(String kind, String path) {
        @Override
        public String toString() {
            return kind + ":" + path;
        }
    }

    private final String name;
    /** The repositories of its own image, without the registry. */
    private final List<String> repositories;
    /** The kinds of resources for which it starts images. */
    private final Set<String> kinds;

    private final List<Field> fields;
    private @Nullable Operator operator;

    private OperatorSource(String name, List<String> repositories, Set<String> kinds, List<Field> fields) {
        this.name = name;
        this.repositories = repositories;
        this.kinds = kinds;
        this.fields = fields;
    }

    static OperatorSource of(Operator operator) {
        OperatorSource source = new OperatorSource(
                operator.name(),
                operator.images().stream()
                        .map(ImageReference::repository)
                        .distinct()
                        .toList(),
                operator.facts().stream()
                        .map(Fact::resource)
                        .filter(it -> !it.isEmpty())
                        .collect(Collectors.toCollection(LinkedHashSet::new)),
                operator.lookups()
                        .flatMap(it -> it.of().stream()
                                .map(kind -> new Field(
                                        kind, it.query().map(FieldQuery::text).orElse(""))))
                        .distinct()
                        .toList());
        source.operator = operator;
        return source;
    }

    /** {@return the operators that the library knows} */
    static List<OperatorSource> builtIn() {
        return resource("index.txt").lines().map(OperatorSource::ofLine).toList();
    }

    /** {@return the line of the index for this operator: its name, repositories, kinds of resources, and fields} */
    String line() {
        return Stream.of(
                        name,
                        String.join(" ", repositories),
                        String.join(" ", kinds),
                        fields.stream().map(Field::toString).collect(Collectors.joining(" ")))
                .collect(Collectors.joining(" | "))
                .strip();
    }

    private static OperatorSource ofLine(String line) {
        List<List<String>> parts = new ArrayList<>();
        for (String part : line.split("\\|", -1)) {
            parts.add(Arrays.stream(part.split(" ", -1))
                    .filter(it -> !it.isEmpty())
                    .toList());
        }
        return new OperatorSource(
                parts.get(0).get(0),
                parts.get(1),
                new LinkedHashSet<>(parts.get(2)),
                parts.get(3).stream().map(OperatorSource::field).toList());
    }

    private static Field field(String text) {
        int colon = text.indexOf(':');
        return new Field(text.substring(0, colon), text.substring(colon + 1));
    }

    static String resource(String name) {
        try (InputStream in = OperatorSource.class.getResourceAsStream(DIRECTORY + name)) {
            if (in == null) {
                throw new IOException(DIRECTORY + name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("a description of an operator in the library cannot be read", e);
        }
    }

    String name() {
        return name;
    }

    Set<String> kinds() {
        return kinds;
    }

    List<Field> fields() {
        return fields;
    }

    /** {@return whether an image is that of this operator, in whatever registry} */
    boolean isRunBy(ImageReference image) {
        return repositories.stream()
                .anyMatch(it -> image.repository().endsWith(it)
                        && (image.repository().length() == it.length()
                                || image.repository().charAt(image.repository().length() - it.length() - 1) == '/'));
    }

    synchronized boolean isRead() {
        return operator != null;
    }

    synchronized Operator operator() {
        if (operator == null) {
            try {
                operator = OperatorReader.read(resource(name + ".yaml"));
            } catch (OperatorFormatException e) {
                throw new IllegalStateException("the description of " + name + " in the library is not valid", e);
            }
        }
        return operator;
    }
}
