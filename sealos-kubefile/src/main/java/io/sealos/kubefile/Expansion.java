package io.sealos.kubefile;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Expands the words of one instruction and remembers which variables it used. */
final class Expansion {
    private final Instruction instruction;
    private final Function<String, @Nullable Variable> variables;
    private final ExpansionLimit limit;
    private final List<Variable> used = new ArrayList<>();
    private long characters;

    Expansion(Instruction instruction, Function<String, @Nullable Variable> variables, ExpansionLimit limit) {
        this.instruction = instruction;
        this.variables = variables;
        this.limit = limit;
    }

    /** Runs what evaluates the instruction; what is wrong with it goes to the problems. */
    void run(Problems problems, Runnable evaluation) {
        try {
            evaluation.run();
        } catch (EvaluationProblem e) {
            problems.addAll(List.of(e.problem()));
        }
    }

    List<String> arguments() {
        return instruction.arguments().stream().map(this::expand).toList();
    }

    String expand(Argument argument) {
        return expand(argument.text(), argument.range());
    }

    String expand(Flag flag) {
        return expand(flag.text(), flag.range());
    }

    String expand(String word, SourceRange range) {
        try {
            return WordExpander.expand(word, this::value);
        } catch (WordExpander.Malformed e) {
            throw new EvaluationProblem(range, String.valueOf(e.getMessage()), e.suggestion());
        }
    }

    List<String> words(Argument argument) {
        try {
            return WordExpander.expandToWords(argument.text(), this::value);
        } catch (WordExpander.Malformed e) {
            throw new EvaluationProblem(argument.range(), String.valueOf(e.getMessage()), e.suggestion());
        }
    }

    String expandVariables(String text) {
        try {
            return WordExpander.expandVariables(text, this::value);
        } catch (WordExpander.Malformed e) {
            throw new EvaluationProblem(
                    instruction.range(), "a build option cannot be expanded: " + e.getMessage(), e.suggestion());
        }
    }

    List<Variable> used() {
        return used;
    }

    private @Nullable String value(String name) {
        Variable variable = variables.apply(name);
        if (variable == null) {
            return null;
        }
        used.add(variable);
        limit.add(variable.value().length(), characters);
        characters += variable.value().length();
        return variable.value();
    }
}
