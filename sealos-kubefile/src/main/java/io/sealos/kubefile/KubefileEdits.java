package io.sealos.kubefile;

import io.sealos.kubefile.internal.words.WordExpander;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** Sets variables, labels, build arguments and the base in the last stage of a Kubefile. Changes nothing else. */
record KubefileEdits(Kubefile kubefile) {
    Kubefile withEnv(String key, String value) {
        InstructionText text = text("ENV " + key);
        text.variable(key);
        return withPair(text, "ENV", key, value, find(EnvInstruction.class), EnvInstruction::variables);
    }

    Kubefile withLabel(String key, String value) {
        InstructionText text = text("LABEL " + key);
        return withPair(text, "LABEL", key, value, find(LabelInstruction.class), LabelInstruction::labels);
    }

    private <T extends Instruction> Kubefile withPair(
            InstructionText text,
            String keyword,
            String key,
            String value,
            List<T> instructions,
            Function<T, List<KeyValue>> pairs) {
        String written = text.pair(key, value);
        List<KeyValue> same = instructions.stream()
                .flatMap(instruction -> pairs.apply(instruction).stream())
                .filter(pair -> key.equals(name(pair.key())))
                .toList();
        if (!same.isEmpty()) {
            return kubefile.setValue(same.get(same.size() - 1), value);
        }
        Instruction before = instructions.isEmpty() ? from(text) : instructions.get(instructions.size() - 1);
        return insertAfter(text, before, keyword + " " + written);
    }

    /** Adds a line after an instruction, or before it if its last character would continue the line. */
    private Kubefile insertAfter(InstructionText text, Instruction instruction, String line) {
        String written = instruction.toString();
        if (!written.endsWith("\\") && !written.endsWith("`")) {
            return kubefile.insertAfter(instruction, line);
        }
        if (instruction instanceof FromInstruction) {
            throw text.refusal("nothing can be added after " + instruction, "remove the escape character at its end");
        }
        return kubefile.insertBefore(instruction, line);
    }

    /** Sets each default of an argument that is declared before the first FROM or in the last stage. */
    Kubefile withArg(String name, String value) {
        InstructionText text = text("ARG " + name);
        String written = text.argument(name) + "=" + text.value(value);
        List<ArgInstruction> stage = find(ArgInstruction.class);
        List<Argument> declared =
                new ArrayList<>(Stream.concat(StageSource.heading(kubefile.instructions()).stream(), stage.stream())
                        .flatMap(instruction -> instruction.arguments().stream())
                        .filter(argument -> name.equals(nameOf(name(argument))))
                        .toList());
        if (declared.isEmpty()) {
            return insertAfter(text, stage.isEmpty() ? from(text) : stage.get(stage.size() - 1), "ARG " + written);
        }
        Argument first = declared.get(0);
        declared.removeIf(argument -> !argument.equals(first) && !hasDefault(argument));
        if (declared.size() > 1 && !hasDefault(first)) {
            declared.remove(first);
        }
        Map<SourceRange, String> edits = new LinkedHashMap<>();
        declared.forEach(argument -> edits.put(argument.range(), written));
        return kubefile.edit(edits);
    }

    Kubefile withFrom(String base) {
        text("FROM").base(base);
        List<StageSource> stages = StageSource.split(kubefile.instructions());
        List<FromInstruction> from = kubefile.find(FromInstruction.class);
        if (!from.isEmpty()) {
            FromInstruction last = from.get(from.size() - 1);
            return last.base()
                    .map(argument -> kubefile.edit(argument.range(), base))
                    .orElseGet(() -> kubefile.replace(last, last.writtenKeyword() + " " + base));
        }
        if (!stages.isEmpty()) {
            return kubefile.insertBefore(stages.get(0).instructions().get(0), "FROM " + base);
        }
        List<Instruction> all = kubefile.instructions();
        return all.isEmpty()
                ? kubefile.append("FROM " + base)
                : kubefile.insertAfter(all.get(all.size() - 1), "FROM " + base);
    }

    private InstructionText text(String place) {
        return new InstructionText(place.strip(), true);
    }

    private <T extends Instruction> List<T> find(Class<T> type) {
        List<StageSource> stages = StageSource.split(kubefile.instructions());
        List<Instruction> last =
                stages.isEmpty() ? List.of() : stages.get(stages.size() - 1).instructions();
        return last.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private FromInstruction from(InstructionText text) {
        List<FromInstruction> all = kubefile.find(FromInstruction.class);
        if (all.isEmpty()) {
            throw text.refusal("the Kubefile has no FROM", "add one before (withFrom)");
        }
        return all.get(all.size() - 1);
    }

    private static boolean hasDefault(Argument argument) {
        return argument.text().indexOf('=') >= 0;
    }

    private static String nameOf(String declaration) {
        int equals = declaration.indexOf('=');
        return equals < 0 ? declaration : declaration.substring(0, equals);
    }

    /** {@return a word without quotes; empty if its name has variables or cannot be read} */
    private static String name(Argument argument) {
        boolean[] variables = new boolean[1];
        try {
            String name = WordExpander.expand(argument.text(), variable -> {
                variables[0] = true;
                return "";
            });
            return variables[0] && nameOf(argument.text()).indexOf('$') >= 0 ? "" : name;
        } catch (WordExpander.Malformed e) {
            return "";
        }
    }
}
