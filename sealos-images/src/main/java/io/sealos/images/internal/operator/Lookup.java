package io.sealos.images.internal.operator;

import java.util.List;
import java.util.Optional;

/**
 * A place at which a value is looked up.
 *
 * @param kind the kind of the place
 * @param name the name of the argument, variable or release value, or the constant text; empty for a field
 * @param query the path of a field; empty for other kinds
 * @param of the kinds of objects with the field, such as {@code ConfigMap}; empty for the resource of the fact
 */
record Lookup(Kind kind, Template name, Optional<FieldQuery> query, List<String> of) {
    /** The kinds of places. */
    enum Kind {
        /** A field of an object. */
        FIELD,
        /** A flag of the operator's container. */
        ARGUMENT,
        /** An environment variable of the operator's container. */
        VARIABLE,
        /** A value of the operator's release. */
        RELEASE,
        /** A constant. */
        TEXT
    }

    /** {@return whether this is a field of the resource of the fact} */
    boolean isOfResource() {
        return kind == Kind.FIELD && of.isEmpty();
    }

    /** {@return the place in words, such as {@code the field spec.version}} */
    String shown() {
        return switch (kind) {
            case FIELD ->
                "the field " + query.map(FieldQuery::text).orElse("")
                        + (of.isEmpty() ? "" : " of " + String.join(" or ", of));
            case ARGUMENT -> "the argument " + name.text();
            case VARIABLE -> "the variable " + name.text();
            case RELEASE -> "the release value " + name.text();
            case TEXT -> "'" + name.text() + "'";
        };
    }
}
