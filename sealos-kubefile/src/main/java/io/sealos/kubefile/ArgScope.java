package io.sealos.kubefile;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The build arguments of a stage: those of the caller, those that ARG declares, and the predefined ones. */
final class ArgScope {
    static final List<String> ALWAYS_ALLOWED = List.of(
            "HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "FTP_PROXY", "ftp_proxy", "NO_PROXY", "no_proxy");

    private final Map<String, Variable> given;
    private final Map<String, Variable> predefined;
    private final Map<String, Variable> heading;
    private final Map<String, Variable> values;
    private final Set<String> allowed = new LinkedHashSet<>(ALWAYS_ALLOWED);

    ArgScope(Map<String, Variable> given, Map<String, Variable> predefined, Map<String, Variable> heading) {
        this.given = given;
        this.predefined = predefined;
        this.heading = heading;
        this.values = new LinkedHashMap<>(given);
    }

    static Map<String, Variable> given(BuildOptions options) {
        Map<String, Variable> given = new LinkedHashMap<>();
        options.buildArgs().forEach((k, v) -> given.put(k, new Variable(k, v, Variable.Origin.OPTION, null)));
        return given;
    }

    static Map<String, Variable> predefined(Platform target) {
        Map<String, Variable> predefined = new LinkedHashMap<>();
        addPlatform("TARGET", target, predefined);
        // The build platform is fixed, whatever machine runs the build, so that images are the same everywhere.
        addPlatform("BUILD", Platform.linuxAmd64(), predefined);
        return predefined;
    }

    private static void addPlatform(String prefix, Platform platform, Map<String, Variable> variables) {
        add(prefix + "PLATFORM", platform.toString(), variables);
        add(prefix + "OS", platform.os(), variables);
        add(prefix + "ARCH", platform.architecture(), variables);
        add(prefix + "VARIANT", platform.variant().orElse(""), variables);
    }

    private static void add(String name, String value, Map<String, Variable> variables) {
        variables.put(name, new Variable(name, value, Variable.Origin.PREDEFINED, null));
    }

    /** Declares {@code NAME} or {@code NAME=default}, whose variables are expanded. */
    void declare(String word, Instruction instruction) {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        allowed.add(name);
        if (equals >= 0) {
            declareDefault(name, word.substring(equals + 1), instruction);
        } else if (predefined.containsKey(name)) {
            values.putAll(only(name, given.containsKey(name) ? given : predefined));
        } else {
            values.putAll(only(name, heading));
        }
    }

    private void declareDefault(String name, String value, Instruction instruction) {
        if (name.equals("TARGETPLATFORM")) {
            declareTarget(value, instruction);
        }
        if (!given.containsKey(name)) {
            values.put(name, new Variable(name, value, Variable.Origin.ARG_DEFAULT, instruction));
        }
    }

    private void declareTarget(String value, Instruction instruction) {
        try {
            Map<String, Variable> target = new LinkedHashMap<>();
            addPlatform("TARGET", Platform.parse(value), target);
            allowed.addAll(target.keySet());
            values.putAll(target);
        } catch (IllegalArgumentException e) {
            throw new EvaluationProblem(
                    instruction.range(), "TARGETPLATFORM is not a platform: " + value, "Write it as linux/arm64.");
        }
    }

    private static Map<String, Variable> only(String name, Map<String, Variable> variables) {
        Variable variable = variables.get(name);
        return variable == null ? Map.of() : Map.of(name, variable);
    }

    /** {@return the arguments that the next instruction can use, by name} */
    Map<String, Variable> visible() {
        Map<String, Variable> visible = new LinkedHashMap<>(values);
        visible.keySet().retainAll(allowed);
        return visible;
    }

    /** {@return a visible argument; null if there is none of that name} */
    @Nullable
    Variable find(String name) {
        return allowed.contains(name) ? values.get(name) : null;
    }

    /** {@return an argument that need not be declared, which the flags of COPY can use; null if there is none} */
    @Nullable
    Variable findUndeclared(String name) {
        return values.get(name);
    }
}
