package io.sealos.images.internal.shell.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A command of a script. Only the parts that affect other commands are kept. */
public sealed interface ShellNode {
    /** A simple command, such as {@code X=1 helm install … > file}. */
    record Simple(int line, List<Assignment> assignments, List<Word> words, List<Redirect> redirects)
            implements ShellNode {}

    /** A sequence of commands, possibly in a subshell. */
    record Group(List<ShellNode> commands, boolean subshell, List<Redirect> redirects) implements ShellNode {}

    /** A pipeline, in which the output of a command is the input of the next. */
    record Pipeline(List<ShellNode> commands) implements ShellNode {}

    /** A list such as {@code first && second || third}. */
    record AndOr(ShellNode first, List<Link> rest) implements ShellNode {}

    /** A command that runs if the previous one succeeds, or if it fails. */
    record Link(boolean and, ShellNode command) {}

    /** A negated command, {@code ! command}. */
    record Not(ShellNode command) implements ShellNode {}

    /** A condition {@code [[ … ]]}, in which operators are separate words. */
    record Condition(List<Word> words) implements ShellNode {}

    /** A calculation {@code (( … ))}. */
    record Calculation(Word expression) implements ShellNode {}

    /** An {@code if} command with its branches. The branch of {@code else} has no condition. */
    record Choice(List<Branch> branches) implements ShellNode {}

    /** A branch, with the commands that decide whether its body runs. */
    record Branch(List<ShellNode> condition, ShellNode body) {}

    /** A {@code case} command. */
    record Case(Word word, List<CaseBranch> branches) implements ShellNode {}

    /** A branch of {@code case}, which runs if one of the patterns matches. */
    record CaseBranch(List<Word> patterns, ShellNode body) {}

    /** A {@code for} loop over words. */
    record Loop(String variable, List<Word> words, ShellNode body) implements ShellNode {}

    /** A {@code while} or {@code until} loop, or a counting {@code for} loop, the step of which follows each round. */
    record While(List<ShellNode> condition, boolean until, ShellNode body, List<ShellNode> step) implements ShellNode {}

    /** The definition of a function. */
    record Definition(String name, ShellNode body) implements ShellNode {}

    /** An assignment: {@code name=value}, {@code name+=value}, {@code name[i]=value} or {@code name=(a b)}. */
    record Assignment(
            String name,
            boolean append,
            @Nullable Word index,
            @Nullable Word value,
            List<Item> items) {}

    /** An item of an array: {@code value} or {@code [index]=value}. */
    record Item(@Nullable Word index, Word value) {}

    /** A redirection of input or output. */
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

        /** {@return the text of the here-document after the line; null if there is none} */
        public @Nullable Word document() {
            return document;
        }

        void setDocument(Word text) {
            this.document = text;
        }
    }
}
