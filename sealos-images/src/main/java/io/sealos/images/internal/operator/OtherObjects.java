package io.sealos.images.internal.operator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The fields of all objects of a scan from which facts take values. */
public final class OtherObjects {
    private static final int MOST = 100;

    private record Field(String kind, String path) {}

    private final Map<Field, Set<String>> texts = new HashMap<>();

    public void add(OperatorResource object) {
        object.fields().forEach((path, values) -> {
            Set<String> known = texts.computeIfAbsent(new Field(object.kind(), path), it -> new LinkedHashSet<>());
            values.texts().stream().limit(MOST - known.size()).forEach(known::add);
        });
    }

    FieldValues values(String kind, FieldQuery query) {
        Set<String> known = texts.get(new Field(kind, query.text()));
        return known == null ? FieldValues.NONE : new FieldValues(new ArrayList<>(known), true);
    }
}
