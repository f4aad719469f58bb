package io.sealos.images.internal.operator;

import io.sealos.images.internal.yaml.YamlNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The arguments and variables of an operator's container.
 *
 * @param arguments the values of the flags by their names without hyphens; {@code true} for a flag without a value
 * @param variables the values of the environment variables by their names
 */
record OperatorContainer(Map<String, String> arguments, Map<String, String> variables) {
    private static final int MOST = 1_000;
    private static final int LONGEST = 1_000;

    /** A variable in a text, which Kubernetes replaces. */
    private static final Pattern REFERENCE = Pattern.compile("\\$\\(([A-Za-z_][A-Za-z0-9_.-]{0,200})\\)");

    static OperatorContainer of(YamlNode container) {
        Map<String, String> variables = variables(container.get("env"));
        Map<String, String> arguments = new LinkedHashMap<>();
        StringBuilder flag = new StringBuilder();
        for (String key : List.of("command", "args")) {
            YamlNode list = container.get(key);
            if (list != null) {
                list.items().forEach(it -> addWords(it.text(), flag, arguments));
            }
        }
        arguments.replaceAll((name, value) -> replaced(value, variables));
        return new OperatorContainer(arguments, variables);
    }

    /** {@return a text with the values of the variables that it names} */
    private static String replaced(String text, Map<String, String> variables) {
        return text.contains("$(")
                ? REFERENCE
                        .matcher(text)
                        .replaceAll(it -> Matcher.quoteReplacement(variables.getOrDefault(it.group(1), it.group())))
                : text;
    }

    /** Adds the flags of an argument, which may also be a command line. */
    private static void addWords(String text, StringBuilder flag, Map<String, String> arguments) {
        if (text.length() > LONGEST * 10) {
            return;
        }
        for (String word : text.strip().split("\\s+", -1)) {
            int equals = word.indexOf('=');
            if (word.startsWith("-") && arguments.size() < MOST) {
                String name = name(equals < 0 ? word : word.substring(0, equals));
                arguments.put(name, equals < 0 ? "true" : word.substring(equals + 1));
                flag.setLength(0);
                flag.append(equals < 0 ? name : "");
            } else if (!flag.isEmpty()) {
                arguments.put(flag.toString(), word);
                flag.setLength(0);
            }
        }
    }

    /** {@return the name of a flag without its hyphens} */
    static String name(String flag) {
        int start = 0;
        while (start < flag.length() && flag.charAt(start) == '-') {
            start++;
        }
        return flag.substring(start);
    }

    private static Map<String, String> variables(@Nullable YamlNode list) {
        Map<String, String> variables = new LinkedHashMap<>();
        if (list != null) {
            for (YamlNode item : list.items()) {
                YamlNode value = item.get("value");
                if (value != null && value.isScalar() && value.text().length() <= LONGEST && variables.size() < MOST) {
                    variables.put(item.textOf("name"), replaced(value.text(), variables));
                }
            }
        }
        return variables;
    }
}
