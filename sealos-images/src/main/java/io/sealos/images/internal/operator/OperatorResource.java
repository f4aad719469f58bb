package io.sealos.images.internal.operator;

import java.util.Map;

/**
 * The fields of an object that facts refer to.
 *
 * @param kind the group and kind
 * @param fields the values by the paths of the fields
 * @param hook the events of the Helm hook; empty if the object is not a hook
 */
public record OperatorResource(String kind, Map<String, FieldValues> fields, String hook) {
    FieldValues values(FieldQuery query) {
        return fields.getOrDefault(query.text(), FieldValues.NONE);
    }
}
