package io.sealos.oci.internal.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A challenge of a {@code WWW-Authenticate} header (RFC 9110, section 11.6.1): a scheme and its parameters, quoted or
 * not, in any order.
 */
record Challenge(String scheme, Map<String, String> parameters) {
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]++";
    private static final Pattern PART = Pattern.compile("\\s*+,?+\\s*+(?:(" + TOKEN
            + ")\\s*+=\\s*+(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^\\s,\"]*+))|(" + TOKEN + ")(?=\\s|,|$))");

    /** Parses all challenges of all headers. */
    static List<Challenge> parseAll(List<String> headers) {
        List<Challenge> challenges = new ArrayList<>();
        for (String header : headers) {
            parse(header, challenges);
        }
        return challenges;
    }

    private static void parse(String header, List<Challenge> challenges) {
        Matcher part = PART.matcher(header);
        Map<String, String> parameters = new LinkedHashMap<>();
        while (part.lookingAt()) {
            if (part.group(4) != null) {
                parameters = new LinkedHashMap<>();
                challenges.add(new Challenge(part.group(4).toLowerCase(Locale.ROOT), parameters));
            } else {
                parameters.put(part.group(1).toLowerCase(Locale.ROOT), value(part));
            }
            part.region(part.end(), header.length());
        }
    }

    private static String value(Matcher part) {
        String quoted = part.group(2);
        return quoted == null ? part.group(3) : quoted.replaceAll("\\\\(.)", "$1");
    }
}
