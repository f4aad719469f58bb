package io.sealos.images.internal.shell.expand;

import io.sealos.images.internal.shell.expand.FieldBuilder.Field;
import io.sealos.images.internal.shell.state.ShellState;
import io.sealos.images.internal.shell.state.ShellVariable;
import io.sealos.images.internal.shell.state.Unknown;
import io.sealos.images.internal.shell.state.Unknowns;
import io.sealos.images.internal.shell.syntax.ShellNode;
import io.sealos.images.internal.shell.syntax.Word;
import io.sealos.images.internal.shell.syntax.Word.Arithmetic;
import io.sealos.images.internal.shell.syntax.Word.Literal;
import io.sealos.images.internal.shell.syntax.Word.Parameter;
import io.sealos.images.internal.shell.syntax.Word.Part;
import io.sealos.images.internal.shell.syntax.Word.Prefix;
import io.sealos.images.internal.shell.syntax.Word.ProcessFile;
import io.sealos.images.internal.shell.syntax.Word.Substitution;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Expands the words of one command in one state. */
public final class Expander {
    /** Interprets the commands of substitutions. */
    public interface Substitutions {
        /** {@return the output of the commands, or a mark if it is not known} */
        String output(List<ShellNode> commands, String source, ShellState state);
    }

    /** The variables that every shell has. */
    private static final Map<String, String> ALWAYS =
            Map.of("$", "1", "!", "1", "-", "", "HOME", "/root", "USER", "root", "UID", "0");

    private static final int LONGEST_DOCUMENT = 1 << 20;
    private static final String TOO_LONG = "a text that is too long to be followed";

    private final ShellState state;
    private final Unknowns unknowns;
    private final Substitutions substitutions;
    private final Set<String> missing = new LinkedHashSet<>();
    private final Set<String> open = new LinkedHashSet<>();
    private boolean marking;

    public Expander(ShellState state, Unknowns unknowns, Substitutions substitutions) {
        this.state = state;
        this.unknowns = unknowns;
        this.substitutions = substitutions;
    }

    /** Makes variables that nothing sets leave a mark. By default they are empty, as in the shell. */
    public Expander marking() {
        marking = true;
        return this;
    }

    /** {@return the variables that were used without a value or a default} */
    public Set<String> missing() {
        return missing;
    }

    /**
     * {@return the {@link #missing()} variables and those whose default is empty, to which the caller of the script may
     * give a value}
     */
    public Set<String> open() {
        return open;
    }

    /** {@return the result of expanding the words} */
    public List<String> fields(List<Word> words) {
        List<String> all = new ArrayList<>();
        long before = state.work.characters();
        for (Word word : words) {
            for (Word expanded : BraceExpansion.of(word)) {
                if (state.work.isSpentSince(before)) {
                    all.add(unknowns.mark(TOO_LONG));
                    return all;
                }
                addFields(expanded, all);
            }
        }
        return all;
    }

    private void addFields(Word word, List<String> all) {
        FieldBuilder builder = new FieldBuilder(separators());
        expand(word, builder, false);
        for (Field field : builder.fields()) {
            state.work.made(field.text());
            all.addAll(files(field));
        }
        noteOverflow(builder, all);
    }

    private String separators() {
        ShellVariable separators = state.variables.get("IFS");
        return separators == null ? FieldBuilder.BLANKS : String.join("", separators.items());
    }

    private void noteOverflow(FieldBuilder builder, List<String> all) {
        if (builder.overflow()) {
            all.add(unknowns.mark(TOO_LONG));
        }
    }

    private List<String> files(Field field) {
        List<String> files = ShellPattern.isPattern(field.text())
                ? ShellPattern.files(field.pattern(), state.directory, state.files)
                : List.of();
        return files.isEmpty() ? List.of(field.text()) : files;
    }

    /** {@return the text of a word in a place where the shell does not split it} */
    public String text(Word word) {
        return text(word, new FieldBuilder(null));
    }

    /** {@return the text of a here-document} */
    public String document(Word word) {
        marking = true;
        return text(word, new FieldBuilder(null, LONGEST_DOCUMENT));
    }

    private String text(Word word, FieldBuilder builder) {
        expand(word, builder, false);
        List<Field> fields = builder.fields();
        fields.forEach(it -> state.work.made(it.text()));
        return builder.overflow()
                ? unknowns.mark(TOO_LONG)
                : fields.isEmpty() ? "" : fields.get(0).text();
    }

    private void expand(Word word, FieldBuilder out, boolean split) {
        for (Part part : word.parts()) {
            if (part instanceof Literal literal && !(split && !literal.quoted())) {
                out.append(literal.text(), literal.quoted());
            } else if (part instanceof Literal literal) {
                out.appendSplit(literal.text());
            } else if (part instanceof Parameter parameter) {
                parameter(parameter, out);
            } else if (part instanceof Substitution run) {
                put(substitutions.output(run.commands(), run.source(), state), run.quoted(), out);
            } else if (part instanceof Arithmetic arithmetic) {
                put(calculated(arithmetic), arithmetic.quoted(), out);
            } else {
                out.append(file((ProcessFile) part), true);
            }
        }
    }

    private String calculated(Arithmetic arithmetic) {
        Long value = Calculator.calculate(text(arithmetic.expression()), state, unknowns);
        return value == null ? unknowns.mark(arithmetic.source()) : value.toString();
    }

    /** {@return the name of a file with the output of commands} */
    private String file(ProcessFile process) {
        String name = "/dev/fd/" + state.files.key().hashCode();
        state.write(name, substitutions.output(process.commands(), process.source(), state) + "\n", "");
        return name;
    }

    private static void put(String text, boolean quoted, FieldBuilder out) {
        if (quoted) {
            out.append(text, true);
        } else {
            out.appendSplit(text);
        }
    }

    private void parameter(Parameter parameter, FieldBuilder out) {
        List<String> items = items(parameter);
        String operator = parameter.operator();
        boolean empty = items == null || items.isEmpty() || (operator.startsWith(":") && items.equals(List.of("")));
        if (operator.matches(":?[-=?]")) {
            defaulted(parameter, empty ? null : items, out);
        } else if (operator.matches(":?\\+")) {
            expand(empty ? Word.EMPTY : parameter.operand(), out, !parameter.quoted());
        } else {
            if (items == null) {
                missing.add(parameter.name());
                open.add(parameter.name());
            }
            putItems(parameter, operated(parameter, items == null ? List.of(unset(parameter)) : items), out);
        }
    }

    private String unset(Parameter parameter) {
        boolean marked = marking && parameter.prefix() == Prefix.NONE;
        return marked ? unknowns.mark(Unknown.variable(parameter.name())) : "";
    }

    private void defaulted(Parameter parameter, @Nullable List<String> items, FieldBuilder out) {
        if (items != null) {
            putItems(parameter, items, out);
        } else if (parameter.operator().endsWith("=")) {
            state.set(parameter.name(), text(parameter.operand()));
            putItems(parameter, state.items(parameter.name()), out);
        } else if (parameter.operator().endsWith("?")) {
            missing.add(parameter.name());
            open.add(parameter.name());
        } else {
            if (text(parameter.operand()).isEmpty()
                    && state.items(parameter.name()).isEmpty()) {
                open.add(parameter.name());
            }
            expand(parameter.operand(), out, !parameter.quoted());
        }
    }

    private static boolean isList(Parameter parameter) {
        return parameter.name().equals("@") || "@".equals(parameter.index().literal());
    }

    private static void putItems(Parameter parameter, List<String> items, FieldBuilder out) {
        boolean list = isList(parameter) || (!parameter.quoted() && isStar(parameter));
        if (!list) {
            putJoined(parameter, items, out);
            return;
        }
        if (items.isEmpty()) {
            out.appendEmptyList();
        }
        for (int i = 0; i < items.size(); i++) {
            if (i > 0) {
                out.next();
            }
            put(items.get(i), parameter.quoted(), out);
        }
    }

    private static void putJoined(Parameter parameter, List<String> items, FieldBuilder out) {
        put(items.isEmpty() ? "" : items.get(0), parameter.quoted(), out);
        for (String item : items.subList(Math.min(1, items.size()), items.size())) {
            put(" ", parameter.quoted(), out);
            put(item, parameter.quoted(), out);
        }
    }

    private static boolean isStar(Parameter parameter) {
        return parameter.name().equals("*") || "*".equals(parameter.index().literal());
    }

    /** {@return the values of a parameter, which is one unless it is a list; null if it has none} */
    private @Nullable List<String> items(Parameter parameter) {
        String index = text(parameter.index());
        if (parameter.prefix() != Prefix.INDIRECT) {
            return values(parameter.name(), index);
        }
        ShellVariable variable = state.variables.get(parameter.name());
        if (index.equals("@") || index.equals("*")) {
            return variable == null ? null : variable.allKeys();
        }
        return values(String.join("", state.items(parameter.name())), "");
    }

    private @Nullable List<String> values(String name, String index) {
        if (name.equals("@") || name.equals("*")) {
            return state.arguments;
        }
        if (name.equals("#")) {
            return List.of(Integer.toString(state.arguments.size()));
        }
        if (!name.isEmpty() && Character.isDigit(name.charAt(0))) {
            return name.equals("0") ? List.of(state.script) : argument(name);
        }
        if (name.equals("?")) {
            boolean known = state.outcome.isKnown();
            return List.of(!known ? unknowns.mark("$?") : state.outcome.mayHold() ? "0" : "1");
        }
        if (name.equals("BASH_SOURCE") || name.equals("PWD")) {
            return List.of(name.equals("PWD") ? state.directory : state.script);
        }
        ShellVariable variable = state.variables.get(name);
        if (variable == null) {
            String always = ALWAYS.get(name);
            return always == null ? null : List.of(always);
        }
        return index.equals("@") || index.equals("*") ? variable.items() : item(variable, index);
    }

    private @Nullable List<String> argument(String number) {
        int at = number.length() > 6 ? 0 : Integer.parseInt(number);
        return at <= state.arguments.size() && at > 0 ? List.of(state.arguments.get(at - 1)) : null;
    }

    private @Nullable List<String> item(ShellVariable variable, String index) {
        String item = variable.item(key(variable, index, state));
        return item == null ? null : List.of(item);
    }

    /** {@return the key for an index: a name, or a number, which counts from the end if it is negative} */
    public static String key(ShellVariable variable, String index, ShellState state) {
        if (index.isEmpty() || !variable.keys().isEmpty()) {
            return index.isEmpty() && variable.keys().isEmpty() ? "0" : index;
        }
        Long at = index.matches("[A-Za-z_].*") && !state.variables.containsKey(index)
                ? null
                : Calculator.calculate(index, state);
        return at == null ? index : Long.toString(at < 0 ? at + variable.items().size() : at);
    }

    private List<String> operated(Parameter parameter, List<String> items) {
        if (parameter.prefix() == Prefix.LENGTH) {
            boolean list = isList(parameter) || isStar(parameter);
            return List.of(Integer.toString(list ? items.size() : items.get(0).length()));
        }
        if (parameter.operator().isEmpty()) {
            return items;
        }
        String first = pattern(parameter.operand());
        String second = text(parameter.operand2());
        if (parameter.operator().equals(":") && (isList(parameter) || isStar(parameter))) {
            boolean arguments = parameter.index().parts().isEmpty();
            return TextOperation.part(items, first, second, arguments);
        }
        return items.stream()
                .map(item -> Unknowns.in(item) ? item : TextOperation.apply(parameter.operator(), item, first, second))
                .toList();
    }

    /** {@return a word as a pattern, in which quoted text is literal} */
    public String pattern(Word word) {
        FieldBuilder builder = new FieldBuilder(null);
        for (Part part : word.parts()) {
            if (part instanceof Literal literal) {
                builder.append(literal.text(), literal.quoted());
            } else {
                builder.append(text(new Word(List.of(part))), part.quoted());
            }
        }
        List<Field> fields = builder.fields();
        return fields.isEmpty() ? "" : fields.get(0).pattern();
    }
}
