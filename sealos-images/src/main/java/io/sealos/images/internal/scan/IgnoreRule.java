package io.sealos.images.internal.scan;

import io.sealos.internal.files.PlacedArgumentException;
import io.sealos.kubefile.IgnoreRules;
import io.sealos.kubefile.IgnoreSyntaxException;

/**
 * A pattern of references or files to ignore, in the syntax of {@code .dockerignore}, with the call that added it.
 * Immutable.
 */
public final class IgnoreRule {
    private final String place;
    private final IgnoreRules glob;

    private IgnoreRule(String place, IgnoreRules glob) {
        this.place = place;
        this.glob = glob;
    }

    public static IgnoreRule of(String call, String pattern) {
        String place = call + "(\"" + pattern + "\")";
        String problem = problem(pattern);
        if (!problem.isEmpty()) {
            throw PlacedArgumentException.at(place, ": the pattern " + problem);
        }
        try {
            return new IgnoreRule(place, IgnoreRules.parse(pattern));
        } catch (IgnoreSyntaxException e) {
            throw PlacedArgumentException.at(
                    place, ": the pattern is malformed; close each [, and escape a literal one as \\[", e);
        }
    }

    private static String problem(String pattern) {
        if (pattern.isBlank()) {
            return "is empty; write a glob such as quay.io/team/**";
        }
        if (pattern.indexOf('\n') >= 0) {
            return "has several lines; call the method once for each";
        }
        return pattern.startsWith("!") || pattern.startsWith("#")
                ? "begins with '" + pattern.charAt(0) + "', which no name does; leave it out"
                : "";
    }

    boolean matches(String name) {
        return glob.isExcluded(name);
    }

    /** {@return the call that added the rule, such as {@code ignore("quay.io/**")}} */
    String place() {
        return place;
    }
}
