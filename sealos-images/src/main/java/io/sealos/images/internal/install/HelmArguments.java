package io.sealos.images.internal.install;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The command line of {@code helm}, taken apart as Helm does. */
final class HelmArguments {
    /** An option with its argument, which is empty where it takes none. */
    record Option(String name, String argument) {}

    private static final Map<String, String> SHORT = Map.of(
            "f",
            "values",
            "n",
            "namespace",
            "i",
            "install",
            "g",
            "generate-name",
            "o",
            "output",
            "h",
            "help",
            "a",
            "api-versions",
            "s",
            "show-only",
            "l",
            "labels");
    /** The options of install, upgrade and template, and Helm's own, that take an argument. */
    private static final Set<String> WITH_ARGUMENT = Set.of(
            "values",
            "set",
            "set-string",
            "set-json",
            "set-file",
            "set-literal",
            "namespace",
            "output",
            "api-versions",
            "show-only",
            "labels",
            "ca-file",
            "cert-file",
            "key-file",
            "keyring",
            "description",
            "name",
            "name-template",
            "password",
            "username",
            "post-renderer",
            "post-renderer-args",
            "repo",
            "timeout",
            "version",
            "history-max",
            "kube-version",
            "output-dir",
            "release-name-template",
            "kubeconfig",
            "kube-context",
            "kube-apiserver",
            "kube-as-group",
            "kube-as-user",
            "kube-ca-file",
            "kube-tls-server-name",
            "kube-token",
            "burst-limit",
            "qps",
            "registry-config",
            "repository-cache",
            "repository-config",
            "color",
            "colour",
            "tiller-namespace",
            "host");

    private final List<String> operands = new ArrayList<>();
    private final List<Option> options = new ArrayList<>();

    private HelmArguments() {}

    static HelmArguments parse(List<String> words) {
        HelmArguments arguments = new HelmArguments();
        int at = 0;
        while (at < words.size()) {
            String word = words.get(at);
            String next = at + 1 < words.size() ? words.get(at + 1) : "";
            if (word.equals("--")) {
                arguments.operands.addAll(words.subList(at + 1, words.size()));
                break;
            }
            at += arguments.read(word, next) ? 2 : 1;
        }
        return arguments;
    }

    /** Whether the next word was used up, too. */
    private boolean read(String word, String next) {
        if (word.startsWith("--")) {
            return readLong(word.substring(2), next);
        }
        if (word.startsWith("-") && word.length() > 1) {
            return readShort(word.substring(1), next);
        }
        operands.add(word);
        return false;
    }

    private boolean readLong(String option, String next) {
        int equals = option.indexOf('=');
        if (equals >= 0) {
            options.add(new Option(option.substring(0, equals), option.substring(equals + 1)));
            return false;
        }
        boolean argument = WITH_ARGUMENT.contains(option);
        options.add(new Option(option, argument ? next : ""));
        return argument;
    }

    /** Short options may stand together, and their argument right behind them. */
    private boolean readShort(String letters, String next) {
        for (int i = 0; i < letters.length(); i++) {
            String name = SHORT.getOrDefault(letters.substring(i, i + 1), letters.substring(i, i + 1));
            if (WITH_ARGUMENT.contains(name)) {
                String rest = letters.substring(i + 1);
                options.add(new Option(name, rest.isEmpty() ? next : rest.startsWith("=") ? rest.substring(1) : rest));
                return rest.isEmpty();
            }
            options.add(new Option(name, ""));
        }
        return false;
    }

    /** What is no option, the subcommand first. */
    List<String> operands() {
        return operands;
    }

    List<Option> options() {
        return options;
    }

    /** The last argument of an option, or the other text. */
    String last(String name, String otherwise) {
        String last = otherwise;
        for (Option option : options) {
            last = option.name().equals(name) ? option.argument() : last;
        }
        return last;
    }

    /** Whether an option that takes no argument was given last without one, or as true in a way that Go reads. */
    boolean isOn(String name) {
        return has(name) && Set.of("", "1", "t", "T", "true", "TRUE", "True").contains(last(name, ""));
    }

    boolean has(String name) {
        return options.stream().anyMatch(it -> it.name().equals(name));
    }
}
