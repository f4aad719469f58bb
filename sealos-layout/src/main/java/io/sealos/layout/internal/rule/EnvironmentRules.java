package io.sealos.layout.internal.rule;

import io.sealos.kubefile.BuildFiles;
import io.sealos.kubefile.EnvInstruction;
import io.sealos.kubefile.FromInstruction;
import io.sealos.kubefile.Instruction;
import io.sealos.kubefile.KeyValue;
import io.sealos.kubefile.Kubefile;
import io.sealos.kubefile.KubefileEvaluation;
import io.sealos.kubefile.SealosEnv;
import io.sealos.kubefile.SourceRange;
import io.sealos.kubefile.TraceEntry;
import io.sealos.layout.ClusterImageLayout;
import io.sealos.layout.FindingSink;
import io.sealos.layout.LayoutRule;
import io.sealos.layout.Severity;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Rules about ENV, which sealos exports to the shell without quotes, and which everyone who has the image can read. */
final class EnvironmentRules {
    private static final Set<String> SECRET_WORDS = Set.of(
            "password",
            "passwd",
            "secret",
            "token",
            "credential",
            "credentials",
            "apikey",
            "accesskey",
            "secretkey",
            "privatekey");
    private static final Set<String> SECRET_KEYS =
            Set.of("api", "access", "secret", "private", "encryption", "signing");

    private static final String DOUBLE = "\\\\";
    private static final Pattern CAMEL = Pattern.compile("([a-z0-9])([A-Z])");
    private static final Pattern SEPARATOR = Pattern.compile("[_.-]+");

    static final List<LayoutRule> ALL = List.of(
            LayoutRule.of(
                    "env-value-unsafe",
                    Severity.WARNING,
                    "A value of ENV has a character that breaks, changes or runs in the shell that it is exported to.",
                    EnvironmentRules::unsafe),
            LayoutRule.of(
                    "env-set-by-sealos",
                    Severity.WARNING,
                    "ENV of a rootfs sets a variable to which sealos gives a value of its own.",
                    EnvironmentRules::setBySealos),
            LayoutRule.of(
                    "env-reserved",
                    Severity.WARNING,
                    "ENV of an application or patch sets a variable of the prefix that sealos drops from a Clusterfile.",
                    EnvironmentRules::reserved),
            LayoutRule.of(
                    "env-secret",
                    Severity.WARNING,
                    "ENV has a secret in it, which everybody can read who has the image.",
                    EnvironmentRules::secret));

    private interface Check {
        void check(String key, String value);
    }

    private EnvironmentRules() {}

    private static void forEach(ClusterImageLayout layout, Check check) {
        layout.evaluation()
                .ifPresent(it -> it.config().env().forEach((key, value) -> {
                    if (isSetHere(it, key)) {
                        check.check(key, value);
                    }
                }));
    }

    private static boolean isSetHere(KubefileEvaluation evaluation, String key) {
        return evaluation.trace().env(key).flatMap(TraceEntry::instruction).isPresent();
    }

    private static void report(
            ClusterImageLayout layout, FindingSink findings, String key, String message, String fix) {
        instruction(layout, key).ifPresent(it -> findings.report(Pairs.place(it, key), message, fix));
    }

    private static Optional<Instruction> instruction(ClusterImageLayout layout, String key) {
        return layout.evaluation().flatMap(it -> it.trace().env(key)).flatMap(TraceEntry::instruction);
    }

    private static void unsafe(ClusterImageLayout layout, FindingSink findings) {
        forEach(layout, (key, value) -> {
            Optional<String> culprit = List.of("\"", "`", "$", DOUBLE, "\\", "'").stream()
                    .filter(value::contains)
                    .filter(it -> !it.equals("\\") || value.endsWith("\\"))
                    .findFirst();
            culprit.ifPresent(c -> report(
                    layout,
                    findings,
                    key,
                    "the value of " + key + " has a " + name(c) + ": sealos writes export " + key
                            + "=\"…\" around it, and the shell " + effect(c),
                    "do without the character, or read the value from a file in a script"));
        });
    }

    private static String name(String culprit) {
        return switch (culprit) {
            case "\"" -> "double quote";
            case "`" -> "backtick";
            case "$" -> "dollar sign";
            case "'" -> "single quote";
            case DOUBLE -> "double backslash";
            default -> "backslash at its end";
        };
    }

    private static String effect(String culprit) {
        return switch (culprit) {
            case "\"" -> "ends the value there";
            case "`" -> "runs what stands behind it";
            case "$" -> "expands what stands behind it";
            case DOUBLE -> "makes a single one of it";
            case "'" -> "gets a double one of it, which ends the value, where a user has root by sudo only";
            default -> "takes the closing quote for a part of it";
        };
    }

    private static void setBySealos(ClusterImageLayout layout, FindingSink findings) {
        forEach(layout, (key, value) -> {
            if (isSetBySealos(key) && layout.isRootfs()) {
                report(
                        layout,
                        findings,
                        key,
                        "sealos has a value of its own for " + key + ", which wins in the "
                                + (key.equals(SealosEnv.RUN_MODE.key()) ? "" : "commands and ")
                                + "templates of a rootfs, while the shell gets this one",
                        key.equals(SealosEnv.KUBE_VERSION.key())
                                ? "remove it; the label version says the version of Kubernetes"
                                : "remove it");
            }
        });
    }

    private static boolean isSetBySealos(String key) {
        return Arrays.stream(SealosEnv.values())
                .anyMatch(it -> it.isSetBySealos() && it.key().equals(key));
    }

    private static void reserved(ClusterImageLayout layout, FindingSink findings) {
        forEach(layout, (key, value) -> {
            if (key.startsWith(SealosEnv.RESERVED_PREFIX) && !layout.isRootfs()) {
                report(
                        layout,
                        findings,
                        key,
                        key + " begins with " + SealosEnv.RESERVED_PREFIX
                                + ", and sealos drops such names from a Clusterfile, so a site can hardly change it",
                        "give the variable another name");
            }
        });
    }

    private static void secret(ClusterImageLayout layout, FindingSink findings) {
        Set<SourceRange> reported = new HashSet<>();
        forEach(layout, (key, value) -> {
            if (isSecret(key, value)) {
                instruction(layout, key)
                        .map(it -> Pairs.place(it, key))
                        .filter(reported::add)
                        .ifPresent(place -> reportMasked(place, key, findings));
            }
        });
        replaced(layout)
                .filter(it -> isSecret(Pairs.unquoted(it.key()), Pairs.unquoted(it.value())))
                .filter(it -> reported.add(it.value().range()))
                .forEach(it -> reportMasked(it.value().range(), Pairs.unquoted(it.key()), findings));
    }

    /** {@return the variables of all ENV after the last FROM, also those that a later ENV replaces} */
    private static Stream<KeyValue> replaced(ClusterImageLayout layout) {
        List<Instruction> all = layout.kubefile().map(Kubefile::instructions).orElse(List.of());
        int last = 0;
        for (int i = 0; i < all.size(); i++) {
            last = all.get(i) instanceof FromInstruction ? i : last;
        }
        return all.subList(last, all.size()).stream()
                .filter(EnvInstruction.class::isInstance)
                .flatMap(it -> Pairs.of(it).stream());
    }

    private static boolean isSecret(String key, String value) {
        return !key.equals(SealosEnv.REGISTRY_PASSWORD.key()) && isSecret(key) && isLiteral(value);
    }

    /** Reports the variable without its value, because more people see a report than the image. */
    private static void reportMasked(SourceRange place, String key, FindingSink findings) {
        String message = key + " looks like a secret, and everybody who has the image can read it";
        String fix = "leave it empty and give it when the image is run: sealos run -e " + key + "=…";
        String name = key + "=";
        int column = place.start().column() - 1;
        String line = " ".repeat(Math.max(0, column - name.length())) + name + "…";
        String file = place.sourceName().orElse(BuildFiles.NAMES.get(1));
        SourceRange shown = SourceRange.inLine(file, place.start().line(), line, line.length() - 1, line.length());
        if (place.sourceName().isPresent()) {
            findings.report(shown, message, fix);
        } else {
            findings.report(file, shown, message, fix);
        }
    }

    /** {@return whether the last word of the name stands for a secret, unlike that of TOKEN_PATH, which is a path} */
    static boolean isSecret(String key) {
        List<String> words = SEPARATOR
                .splitAsStream(CAMEL.matcher(key).replaceAll("$1_$2"))
                .map(word -> word.toLowerCase(Locale.ROOT))
                .toList();
        String last = words.isEmpty() ? "" : words.get(words.size() - 1);
        boolean secretKey = last.equals("key") && words.size() > 1 && SECRET_KEYS.contains(words.get(words.size() - 2));
        return SECRET_WORDS.contains(last) || secretKey;
    }

    private static boolean isLiteral(String value) {
        boolean flag = Set.of("true", "false", "none", "null", "yes", "no").contains(value.toLowerCase(Locale.ROOT));
        return !value.isBlank() && !flag && !value.startsWith("$") && !value.startsWith("<") && !value.startsWith("/");
    }
}
