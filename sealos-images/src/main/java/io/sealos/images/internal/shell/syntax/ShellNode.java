package io.sealos.images.internal.shell.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A command of a script; only what decides about later commands is kept. */
public sealed interface ShellNode {
    /** {@code X=1 helm install … > file}. */
    record Simple(int line, List<Assignment> assignments, List<Word> words, List<Redirect> redirects)
            implements ShellNode {}

    /** Commands one after the other; in a shell of their own or not. */
    record Group(List<ShellNode> commands, boolean subshell, List<Redirect> redirects) implements ShellNode {}

    /** Commands of which the output of one is the input of the next. */
    record Pipeline(List<ShellNode> commands) implements ShellNode {}

    /** {@code first && second || third}. */
    record AndOr(ShellNode first, List<Link> rest) implements ShellNode {}

    /** A command that runs if the one before succeeds, or if it fails. */
    record Link(boolean and, ShellNode command) {}

    /** {@code ! command}. */
    record Not(ShellNode command) implements ShellNode {}

    /** {@code [[ … ]]}; operators are words of their own. */
    record Condition(List<Word> words) implements ShellNode {}

    /** {@code (( … ))}. */
    record Calculation(Word expression) implements ShellNode {}

    /** {@code if} with its {@code elif}s; an {@code else} has no condition. */
    record Choice(List<Branch> branches) implements ShellNode {}

    /** Commands that decide whether the body runs. */
    record Branch(List<ShellNode> condition, ShellNode body) {}

    /** {@code case}. */
    record Case(Word word, List<CaseBranch> branches) implements ShellNode {}

    /** One of the patterns must fit. */
    record CaseBranch(List<Word> patterns, ShellNode body) {}

    /** {@code for} with its words. */
    record Loop(String variable, List<Word> words, ShellNode body) implements ShellNode {}

    /** {@code while}, or {@code until}; the step of a counting {@code for} follows each round. */
    record While(List<ShellNode> condition, boolean until, ShellNode body, List<ShellNode> step) implements ShellNode {}

    /** The definition of a function. */
    record Definition(String name, ShellNode body) implements ShellNode {}

    /** {@code name=value}, {@code name+=value}, {@code name[i]=value}, {@code name=(a b)}. */
    record Assignment(
            String name,
            boolean append,
            @Nullable Word index,
            @Nullable Word value,
            List<Item> items) {}

    /** {@code value} or {@code [index]=value} of an array. */
    record Item(@Nullable Word index, Word value) {}

    /** Where input comes from or output goes to. */
    final class Redirect {
        private final int line;
        private final String operator;
        private final Word target;
        private @Nullable Word document;

        Redirect(int line, String operator, Word target) {
            this.line = line;
            this.operator = operator;
            this.target = target;
        }

        public int line() {
            return line;
        }

        public String operator() {
            return operator;
        }

        public Word target() {
            return target;
        }

        /** The text of a here-document, which stands after the line. */
        public @Nullable Word document() {
            return document;
        }

        void setDocument(Word text) {
            this.document = text;
        }
    }
}
