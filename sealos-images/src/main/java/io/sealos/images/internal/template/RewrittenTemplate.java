package io.sealos.images.internal.template;

import io.sealos.internal.template.TemplateAction;
import io.sealos.internal.template.TemplateAction.Kind;
import io.sealos.internal.template.TemplateAction.Word;
import io.sealos.internal.template.TemplateSyntax;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A template of sealos in a form that Helm renders to the same text. A variable that nothing sets is replaced with an
 * expression without a value, and the functions of sealos for addresses with calls of a template
 * ({@link AddressFunctions}).
 */
final class RewrittenTemplate {
    private static final String INCLUDE = " | include \"" + AddressFunctions.TEMPLATE + '"';

    /**
     * A block of the template.
     *
     * @param outer whether the dot is known to be the environment around it
     * @param inner whether the dot is known to be the environment in it
     * @param dollar whether the dollar sign is known to be the environment in it
     */
    private record Scope(boolean outer, boolean inner, boolean dollar) {}

    private record Edit(int end, String replacement) {}

    private final String template;
    private final Set<String> set;
    /** The replaced words by their starts, and the insertions, in the order of the text. */
    private final TreeMap<Integer, Edit> edits = new TreeMap<>();

    private final Deque<Scope> scopes = new ArrayDeque<>();
    private final SortedSet<String> functions = new TreeSet<>();
    private boolean usesWhole;
    private boolean usesUnknown;

    /**
     * Reads a template.
     *
     * @param set the names of the variables that have values
     */
    RewrittenTemplate(String template, Set<String> set) {
        this.template = template;
        this.set = set;
        TemplateSyntax.of(template).actions().forEach(this::read);
    }

    /** {@return the text} */
    String text() {
        StringBuilder text = new StringBuilder(template.length());
        int at = 0;
        for (var edit : edits.entrySet()) {
            text.append(template, at, edit.getKey()).append(edit.getValue().replacement());
            at = edit.getValue().end();
        }
        return text.append(template.substring(at)).toString();
    }

    /** {@return whether the template uses the environment as a whole, not only its variables} */
    boolean usesWhole() {
        return usesWhole;
    }

    /** {@return whether the template uses a field whose value is not set, if it is one of the environment} */
    boolean usesUnknown() {
        return usesUnknown;
    }

    /** {@return the functions and keywords that the template uses} */
    SortedSet<String> functions() {
        return Collections.unmodifiableSortedSet(functions);
    }

    private Scope scope() {
        Scope scope = scopes.peek();
        return scope == null ? new Scope(true, true, true) : scope;
    }

    private void read(TemplateAction action) {
        List<Word> words = action.words();
        String keyword = words.isEmpty() || words.get(0).kind() != Kind.NAME
                ? ""
                : words.get(0).text();
        Scope around = scope();
        switch (keyword) {
            case "end" -> scopes.poll();
            case "else" -> otherwise(words, around);
            case "if" -> {
                read(words, 1, around.inner(), around.dollar());
                scopes.push(new Scope(around.inner(), around.inner(), around.dollar()));
            }
            case "with", "range" -> {
                read(words, passes(words, keyword) ? words.size() : 1, around.inner(), around.dollar());
                scopes.push(new Scope(around.inner(), false, around.dollar()));
            }
            case "define", "block" -> {
                read(words, passes(words, keyword) ? words.size() : 2, around.inner(), around.dollar());
                scopes.push(new Scope(false, false, false));
            }
            case "template" -> read(words, passes(words, keyword) ? words.size() : 2, around.inner(), around.dollar());
            default -> read(words, 0, around.inner(), around.dollar());
        }
    }

    private void otherwise(List<Word> words, Scope around) {
        scopes.poll();
        read(words, Math.min(2, words.size()), around.outer(), around.dollar());
        boolean moves = words.size() > 1 && words.get(1).is("with");
        scopes.push(new Scope(around.outer(), around.outer() && !moves, around.dollar()));
    }

    /** {@return whether an action only passes on the environment, without using it} */
    private static boolean passes(List<Word> words, String keyword) {
        int size = keyword.equals("with") ? 2 : 3;
        Word last = words.get(words.size() - 1);
        return !keyword.equals("range") && words.size() == size && (isDot(last) || isDollar(last));
    }

    private static boolean isDot(Word word) {
        return word.kind() == Kind.FIELD && word.text().equals(".");
    }

    private static boolean isDollar(Word word) {
        return word.kind() == Kind.VARIABLE && word.text().equals("$");
    }

    private void read(List<Word> words, int from, boolean dot, boolean dollar) {
        for (int i = from; i < words.size(); i++) {
            Word word = words.get(i);
            Word next = i + 1 < words.size() ? words.get(i + 1) : word;
            if (word.kind() == Kind.NAME) {
                function(words, i);
            } else if (isDollar(word) && next.kind() == Kind.FIELD && next.at() == word.end()) {
                variable(word.at(), next, dollar);
            } else if (isDollar(word) || isDot(word)) {
                usesWhole = true;
            } else if (word.kind() == Kind.FIELD) {
                field(i == 0 ? word : words.get(i - 1), word, dot);
            }
        }
    }

    /** Reads a field of the dot, or of the value before it, which may be the environment. */
    private void field(Word before, Word field, boolean dot) {
        boolean value = before.kind() != Kind.OPERATOR || before.is(")");
        if (!value || before.end() != field.at()) {
            variable(field.at(), field, dot);
        } else if (!isDollar(before) && before.kind() != Kind.FIELD) {
            variable(field.at(), field, false);
        }
    }

    private void variable(int start, Word field, boolean ofEnvironment) {
        String name = field.text().substring(1);
        if (set.contains(name)) {
            return;
        }
        if (ofEnvironment) {
            edits.put(start, new Edit(field.end(), "(index (dict) \"" + name + "\")"));
        } else {
            usesUnknown = true;
        }
    }

    private void function(List<Word> words, int index) {
        Word word = words.get(index);
        functions.add(word.text());
        if (AddressFunctions.NAMES.contains(word.text())) {
            edits.put(word.at(), new Edit(word.end(), "list \"" + word.text() + '"'));
            int end = endOfCommand(words, index);
            Edit last = edits.get(end);
            edits.put(
                    end, new Edit(last == null ? end : last.end(), INCLUDE + (last == null ? "" : last.replacement())));
        }
    }

    /** {@return the index in the template at which the command of a function ends} */
    private static int endOfCommand(List<Word> words, int index) {
        int depth = 0;
        for (int i = index + 1; i < words.size(); i++) {
            Word word = words.get(i);
            if (depth == 0 && (word.is("|") || word.is(")"))) {
                return word.at();
            }
            depth += word.is("(") ? 1 : word.is(")") ? -1 : 0;
        }
        return words.get(words.size() - 1).end();
    }
}
