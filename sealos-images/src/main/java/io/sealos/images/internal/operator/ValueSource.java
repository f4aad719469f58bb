package io.sealos.images.internal.operator;

/**
 * A source of a named value.
 *
 * @param lookup the place of the value
 * @param removedPrefix the text that is removed from the start of the value; empty if nothing is
 * @param removedSuffix the text that is removed from the end of the value; empty if nothing is
 * @param conditions the conditions under which it is used
 */
record ValueSource(Lookup lookup, String removedPrefix, String removedSuffix, Conditions conditions) {
    String value(String text) {
        String rest = text.startsWith(removedPrefix) ? text.substring(removedPrefix.length()) : text;
        return rest.endsWith(removedSuffix) ? rest.substring(0, rest.length() - removedSuffix.length()) : rest;
    }
}
