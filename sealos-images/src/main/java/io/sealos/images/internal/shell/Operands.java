package io.sealos.images.internal.shell;

import io.sealos.images.internal.shell.command.Conditions;
import io.sealos.images.internal.shell.command.Conditions.Operand;
import io.sealos.images.internal.shell.expand.Calculator;
import io.sealos.images.internal.shell.expand.Expander;
import io.sealos.images.internal.shell.state.ExitStatus;
import io.sealos.images.internal.shell.state.ShellState;
import io.sealos.images.internal.shell.state.Unknowns;
import io.sealos.images.internal.shell.syntax.Word;
import io.sealos.images.internal.shell.syntax.Word.Literal;
import io.sealos.images.internal.shell.syntax.Word.Parameter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Expands the words of commands, and evaluates tests and calculations. */
final class Operands {
    private final Expander.Substitutions substitutions;
    private final Unknowns unknowns;

    Operands(Expander.Substitutions substitutions, Unknowns unknowns) {
        this.substitutions = substitutions;
        this.unknowns = unknowns;
    }

    /** {@return the result of expanding the words} */
    List<String> fields(List<Word> words, ShellState state) {
        return expander(state).fields(words);
    }

    Expander expander(ShellState state) {
        return new Expander(state, unknowns, substitutions);
    }

    /** {@return the exit status of {@code [[ … ]]}} */
    ExitStatus decide(List<Word> words, ShellState state) {
        return Conditions.decide(words.stream().map(it -> operand(it, state)).toList(), state, unknowns);
    }

    /** {@return the exit status of {@code (( … ))}} */
    ExitStatus decide(Word expression, ShellState state) {
        Long value = Calculator.calculate(expander(state).text(expression), state, unknowns);
        return value == null ? ExitStatus.UNKNOWN : ExitStatus.of(value != 0);
    }

    /** {@return a word in a place where the shell does not split it} */
    Operand operand(Word word, ShellState state) {
        Expander expander = expander(state);
        String text = expander.text(word);
        boolean known = expander.open().isEmpty() && !Unknowns.in(text);
        return new Operand(text, expander.pattern(word), known, open(word, expander));
    }

    /** {@return the variable without a value of which the word consists; null if there is none} */
    private static @Nullable String open(Word word, Expander expander) {
        List<Word.Part> parts = word.parts().stream()
                .filter(it -> !(it instanceof Literal literal && literal.text().isEmpty()))
                .toList();
        boolean alone = parts.size() == 1
                && parts.get(0) instanceof Parameter parameter
                && parameter.name().matches("[A-Za-z_][A-Za-z0-9_]*")
                && expander.open().contains(parameter.name());
        return alone ? expander.open().iterator().next() : null;
    }

    /** {@return the exit status of {@code [ … ]} or {@code test}, the name of which is the first word} */
    ExitStatus test(List<Word> words, ShellState state) {
        List<Operand> operands = new ArrayList<>();
        for (Word word : words.subList(1, words.size())) {
            Expander expander = expander(state);
            List<String> fields = expander.fields(List.of(word));
            if (expander.open().isEmpty()) {
                fields.forEach(it -> operands.add(Operand.of(it)));
            } else {
                operands.add(new Operand(String.join(" ", fields), "", false, open(word, expander)));
            }
        }
        boolean bracket = "[".equals(words.get(0).literal()) && !operands.isEmpty();
        return Conditions.decide(bracket ? operands.subList(0, operands.size() - 1) : operands, state, unknowns);
    }
}
