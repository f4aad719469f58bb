package io.sealos.images.internal.kustomize;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A requirement of a label selector: {@code key}, {@code !key}, {@code key=value}, {@code key!=value}, {@code key in
 * (a, b)} or {@code key notin (a, b)}.
 *
 * @param key the label
 * @param values the values to compare with; empty if only the existence of the label is tested
 * @param negated whether the requirement is negated
 */
record Requirement(String key, List<String> values, boolean negated) {
    private static final String KEY = "\\s*([A-Za-z0-9][A-Za-z0-9._/-]*)\\s*";
    private static final Pattern THERE = Pattern.compile("(!?)" + KEY);
    private static final Pattern EQUAL = Pattern.compile(KEY + "(!=|==|=)\\s*([A-Za-z0-9._-]*)");
    private static final Pattern IN = Pattern.compile(KEY + "\\s(in|notin)\\s*\\(([A-Za-z0-9._, -]*)\\)");

    static Requirement parse(String text, int line) throws KustomizeException {
        Matcher there = THERE.matcher(text);
        if (there.matches()) {
            return new Requirement(there.group(2), List.of(), there.group(1).equals("!"));
        }
        Matcher equal = EQUAL.matcher(text);
        if (equal.matches()) {
            return new Requirement(
                    equal.group(1), List.of(equal.group(3)), equal.group(2).equals("!="));
        }
        Matcher in = IN.matcher(text);
        if (in.matches()) {
            List<String> values =
                    Arrays.stream(in.group(3).split(",", -1)).map(String::strip).toList();
            return new Requirement(in.group(1), values, in.group(2).equals("notin"));
        }
        throw new KustomizeException(line, "has a selector '" + text + "', which is not a label selector");
    }

    boolean isMetBy(@Nullable String value) {
        boolean found = value != null && (values.isEmpty() || values.contains(value));
        return found != negated;
    }
}
