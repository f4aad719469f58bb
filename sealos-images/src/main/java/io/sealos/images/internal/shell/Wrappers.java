package io.sealos.images.internal.shell;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Programs that run the command that is given to them. */
final class Wrappers {
    /** Each with those of its options that take an argument. */
    private static final Map<String, Set<String>> OPTIONS = Map.of(
            "sudo", Set.of("-u", "-g", "-h", "-p"),
            "command", Set.of(),
            "builtin", Set.of(),
            "exec", Set.of("-a"),
            "nohup", Set.of(),
            "env", Set.of("-u"),
            "timeout", Set.of("-s", "-k"),
            "nice", Set.of("-n"),
            "time", Set.of(),
            "stdbuf", Set.of());

    private Wrappers() {}

    static List<String> unwrap(List<String> words) {
        List<String> rest = words;
        while (!rest.isEmpty() && OPTIONS.containsKey(rest.get(0))) {
            rest = unwrapOne(rest);
        }
        return rest;
    }

    private static List<String> unwrapOne(List<String> words) {
        String wrapper = words.get(0);
        Set<String> options = OPTIONS.getOrDefault(wrapper, Set.of());
        int at = 1;
        while (at < words.size() && isOwn(wrapper, words.get(at))) {
            at += options.contains(words.get(at)) ? 2 : 1;
        }
        at += wrapper.equals("timeout") ? 1 : 0;
        return words.subList(Math.min(at, words.size()), words.size());
    }

    private static boolean isOwn(String wrapper, String word) {
        boolean assignment = word.matches("(?s)[A-Za-z_][A-Za-z0-9_]*+=.*");
        return word.startsWith("-") || (assignment && (wrapper.equals("env") || wrapper.equals("sudo")));
    }
}
