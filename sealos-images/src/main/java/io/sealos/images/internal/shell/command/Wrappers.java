package io.sealos.images.internal.shell.command;

import io.sealos.images.internal.shell.state.ImagePath;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Programs that run the command in their arguments. */
public final class Wrappers {
    /** The programs, each with its options that take an argument. */
    private static final Map<String, Set<String>> OPTIONS = Map.ofEntries(
            Map.entry("sudo", Set.of("-u", "-g", "-h", "-p")),
            Map.entry("command", Set.of()),
            Map.entry("builtin", Set.of()),
            Map.entry("exec", Set.of("-a")),
            Map.entry("nohup", Set.of()),
            Map.entry("setsid", Set.of()),
            Map.entry("env", Set.of("-u")),
            Map.entry("timeout", Set.of("-s", "-k")),
            Map.entry("chroot", Set.of()),
            Map.entry("nice", Set.of("-n")),
            Map.entry("ionice", Set.of("-c", "-n")),
            Map.entry("time", Set.of()),
            Map.entry("stdbuf", Set.of()));
    /** The programs that have an operand between their options and the command. */
    private static final Set<String> WITH_OPERAND = Set.of("timeout", "chroot");
    /** The distributions of Kubernetes that contain its programs as subcommands. */
    private static final Set<String> DISTRIBUTIONS = Set.of("k3s", "k0s", "rke2", "microk8s", "minikube");

    private static final Set<String> THEIR_PROGRAMS = Set.of("kubectl", "ctr", "crictl", "helm", "helm3");

    private Wrappers() {}

    /**
     * {@return whether the command after the word is always a program, even if the shell has a function of its name}
     */
    public static boolean runProgram(String word) {
        return OPTIONS.containsKey(word) && !word.equals("time");
    }

    public static List<String> unwrap(List<String> words) {
        List<String> rest = words;
        while (!rest.isEmpty() && OPTIONS.containsKey(rest.get(0))) {
            rest = unwrapOne(rest);
        }
        return ofDistribution(rest);
    }

    private static List<String> ofDistribution(List<String> words) {
        boolean brings = words.size() > 1
                && DISTRIBUTIONS.contains(ImagePath.name(words.get(0)))
                && THEIR_PROGRAMS.contains(words.get(1));
        int dash = words.indexOf("--");
        if (!brings || dash < 0) {
            return brings ? words.subList(1, words.size()) : words;
        }
        return Stream.concat(words.subList(1, dash).stream(), words.subList(dash + 1, words.size()).stream())
                .toList();
    }

    private static List<String> unwrapOne(List<String> words) {
        String wrapper = words.get(0);
        Set<String> options = OPTIONS.getOrDefault(wrapper, Set.of());
        int at = 1;
        while (at < words.size() && isOwn(wrapper, words.get(at))) {
            at += options.contains(words.get(at)) ? 2 : 1;
        }
        at += WITH_OPERAND.contains(wrapper) ? 1 : 0;
        return words.subList(Math.min(at, words.size()), words.size());
    }

    private static boolean isOwn(String wrapper, String word) {
        boolean assignment = word.matches("(?s)[A-Za-z_][A-Za-z0-9_]*+=.*");
        return word.startsWith("-") || (assignment && (wrapper.equals("env") || wrapper.equals("sudo")));
    }
}
