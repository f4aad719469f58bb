package io.sealos.images.internal.shell;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A command of a script; only what decides about later commands is kept. */
sealed interface ShellNode {
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

    /** Alternatives of which each may be taken: {@code if}, {@code case}. */
    record Choice(ShellNode first, List<ShellNode> branches) implements ShellNode {}

    /** {@code for} with its words, or {@code while}, whose variable is empty. */
    record Loop(String variable, @Nullable List<Word> words, ShellNode body) implements ShellNode {}

    /** The definition of a function. */
    record Definition(String name, ShellNode body) implements ShellNode {}

    /** {@code name=value}, {@code name+=value}, {@code name[i]=value}, {@code name=(a b)}. */
    record Assignment(
            String name,
            boolean append,
            boolean indexed,
            @Nullable Word value,
            List<Word> items) {}

    /** Where input comes from or output goes to. */
    final class Redirect {
        private final String operator;
        private final Word target;
        private @Nullable Word document;

        Redirect(String operator, Word target) {
            this.operator = operator;
            this.target = target;
        }

        String operator() {
            return operator;
        }

        Word target() {
            return target;
        }

        /** The text of a here-document, which stands after the line. */
        @Nullable
        Word document() {
            return document;
        }

        void setDocument(Word text) {
            this.document = text;
        }
    }
}
