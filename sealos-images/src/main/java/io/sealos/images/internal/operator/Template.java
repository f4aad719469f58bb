package io.sealos.images.internal.operator;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with placeholders such as {@code {registry}}, each of which stands for a named value.
 *
 * @param text the text as written
 */
record Template(String text) {
    /** The most texts that a template yields whose values are several. */
    static final int MOST = 100;

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z0-9.]{1,100})\\}");

    /** {@return the names of the values} */
    List<String> names() {
        return PLACEHOLDER.matcher(text).results().map(it -> it.group(1)).toList();
    }

    /** {@return whether a brace does not belong to a placeholder} */
    boolean isMalformed() {
        String rest = PLACEHOLDER.matcher(text).replaceAll("");
        return rest.indexOf('{') >= 0 || rest.indexOf('}') >= 0;
    }

    /**
     * {@return the texts with all combinations of the values, at most {@value #MOST}; none if a value is not known}
     *
     * @param values returns the values of a name
     */
    List<String> fill(Function<String, List<String>> values) {
        List<String> filled = List.of("");
        Matcher placeholder = PLACEHOLDER.matcher(text);
        int start = 0;
        while (placeholder.find()) {
            filled = combined(filled, text.substring(start, placeholder.start()), values.apply(placeholder.group(1)));
            start = placeholder.end();
        }
        return combined(filled, text.substring(start), List.of(""));
    }

    private static List<String> combined(List<String> starts, String between, List<String> ends) {
        List<String> all = new ArrayList<>();
        for (String start : starts) {
            ends.stream().limit(MOST - all.size()).forEach(end -> all.add(start + between + end));
        }
        return all;
    }
}
