package io.sealos.kubefile;

import io.sealos.kubefile.internal.words.WordExpander;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Expands the words of an instruction and records the variables that it uses. */
final class Expansion {
    /** Limits the number of characters to which the variables of a Kubefile may expand. */
    static final class Limit {
        private static final int MOST_AT_ONCE = 1 << 20;
        private static final int MOST = 16 << 20;

        private int all;

        /** Counts the characters of a variable, of which the instruction already has the number {@code before}. */
        void add(int characters, long before) {
            if (before + characters > MOST_AT_ONCE) {
                throw tooLong("one instruction", MOST_AT_ONCE);
            }
            if (all > MOST - characters) {
                throw tooLong("all instructions", MOST);
            }
            all += characters;
        }

        private static WordExpander.Malformed tooLong(String where, int limit) {
            return new WordExpander.Malformed(
                    "variables put more than " + limit + " characters into " + where,
                    "Set shorter values, or put long ones into files and COPY them.");
        }
    }

    private static final Set<String> SETTING_VARIABLES = Set.of("ARG", "ENV", "FROM");

    private final Instruction instruction;
    private final Function<String, @Nullable Variable> variables;
    private final Limit limit;
    private final List<Variable> used = new ArrayList<>();
    private long characters;
    private boolean looksUp;

    Expansion(Instruction instruction, Function<String, @Nullable Variable> variables, Limit limit) {
        this.instruction = instruction;
        this.variables = variables;
        this.limit = limit;
    }

    /**
     * Runs the evaluation of the instruction, and records the problem if one ends it. A problem that may follow from
     * that of an earlier instruction, because it depends on variables, is not recorded.
     */
    void run(Problems problems, Runnable evaluation) {
        try {
            evaluation.run();
        } catch (EvaluationProblem e) {
            if (!problems.areVariablesInDoubt() || !dependsOnVariables()) {
                problems.addAll(List.of(e.problem()));
            }
            if (SETTING_VARIABLES.contains(instruction.keyword())) {
                problems.doubtVariables();
            }
        }
    }

    private boolean dependsOnVariables() {
        return looksUp || instruction.range().text().contains("$");
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
        looksUp = true;
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
