package io.sealos.kubefile;

import io.sealos.kubefile.internal.words.Quoting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes the instructions of a Kubefile one after the other. Each is parsed and evaluated on its own first, and is
 * refused if parsing does not return it as given or if evaluation would refuse it.
 */
final class InstructionWriter {
    private static final String NEXT = "LABEL next=instruction";
    /** The instructions of whose flags variables are expanded. */
    private static final Set<String> EXPANDED = Set.of("FROM", "COPY", "ADD");

    private static final Set<String> WITH_FLAGS = Set.of("FROM", "COPY", "ADD", "RUN", "HEALTHCHECK");
    /** A valid value of each flag whose value is checked. */
    private static final Map<String, String> VALID = Map.of("chmod", "0", "platform", "linux/amd64");

    private record PendingFlag(String name, String value) {
        String text() {
            return Quoting.flag(name, value);
        }

        /** {@return the flag for a check without the values of variables} */
        String checked(String keyword) {
            boolean known = value.indexOf('$') < 0 || !EXPANDED.contains(keyword);
            return known ? text() : Quoting.flag(name, VALID.getOrDefault(name, "x"));
        }
    }

    private final StringBuilder source = new StringBuilder();
    private List<PendingFlag> flags = new ArrayList<>();
    private char escape = '\\';
    private String prefix = "";
    private boolean begun;
    private int line = 1;
    private int stages;

    /** {@return the place of the next instruction in messages, and the way to write its arguments} */
    InstructionText text(String keyword) {
        return new InstructionText("line " + line + ", " + prefix + keyword, escape != '\\');
    }

    void escape(char character) {
        if (line > 1 || (character != '\\' && character != '`')) {
            throw text("escape")
                    .refusal(
                            line > 1
                                    ? "the escape directive is not the first line"
                                    : "the escape character may not be '" + character + "'",
                            line > 1 ? "call escape first" : "use \\ or `");
        }
        escape = character;
        append("# escape=" + character);
    }

    void comment(String text) {
        text("comment").text(text).lines().forEach(one -> {
            String comment = ("# " + one).stripTrailing();
            if (!begun && KubefileParser.isDirective(comment)) {
                append("#");
            }
            append(comment);
            begun = true;
        });
    }

    void flag(String name, String value) {
        InstructionText text = text("flag");
        if (!name.matches("[a-z][a-z0-9-]{0,100}")) {
            throw text.refusal("'" + name + "' is not the name of a flag", "write it without dashes, such as chown");
        }
        text.requireNotBlank(value, "the flag --" + name + " has no value", "give it one, or leave it out");
        flags.add(new PendingFlag(name, text.written(value)));
    }

    /** Writes all instructions of an action as those of ONBUILD. */
    void trigger(Runnable instructions) {
        String outer = prefix;
        prefix = outer + "ONBUILD ";
        try {
            instructions.run();
        } finally {
            prefix = outer;
        }
    }

    /** Begins a stage. Variables in the base are expanded by the build. */
    void from(String base, @Nullable String name) {
        InstructionText text = text("FROM");
        List<String> expected = new ArrayList<>(List.of(text.base(base)));
        if (name != null) {
            requireStageName(text, name);
            expected.addAll(List.of("AS", name));
        }
        if (stages >= Evaluator.MOST_STAGES) {
            throw text.refusal(
                    "the Kubefile has more than " + Evaluator.MOST_STAGES + " stages",
                    "join stages, or build some of them as images of their own");
        }
        write("FROM", text.written(String.join(" ", expected)), base.indexOf('$') < 0 ? null : "scratch", expected);
    }

    private static void requireStageName(InstructionText text, String name) {
        text.requireNotBlank(name, "the name of the stage is empty", "give it a name, or leave it out");
        if (NeededStages.index(name).isPresent()) {
            throw text.refusal(
                    "the name of the stage is the number " + name + ", which COPY --from reads as an index",
                    "begin the name with a letter");
        }
    }

    /** Writes an instruction whose arguments are quoted or JSON. */
    void write(String keyword, String arguments) {
        write(keyword, arguments, null, null);
    }

    /** Writes an instruction whose last argument is a text without quotes. */
    void writeText(String keyword, String before, String given) {
        String text = text(keyword).written(given);
        List<String> expected = before.isEmpty() ? List.of(text) : List.of(before, text);
        write(keyword, String.join(" ", expected), null, expected);
    }

    /** Writes an instruction with a heredoc, whose text ends with a line terminator. */
    void writeHeredoc(String keyword, String given, String after) {
        String body = text(keyword).text(given.isEmpty() || given.endsWith("\n") ? given : given + "\n");
        String end = "EOF";
        List<String> lines = body.lines().toList();
        for (int number = 1; lines.contains(end); number++) {
            end = "EOF" + number;
        }
        String marker = "<<\"" + end + "\"";
        List<String> expected = after.isEmpty() ? List.of(marker) : List.of(marker, after);
        write(keyword, String.join(" ", expected) + "\n" + body + end, null, expected);
    }

    private void write(String keyword, String arguments, @Nullable String checked, @Nullable List<String> expected) {
        List<PendingFlag> own = flags;
        flags = new ArrayList<>();
        InstructionText text = text(keyword);
        if (!own.isEmpty() && !WITH_FLAGS.contains(keyword)) {
            throw text.refusal(keyword + " has no flag --" + own.get(0).name(), "remove it");
        }
        if (EXPANDED.contains(keyword)) {
            own.forEach(flag -> text.expandable(flag.value()));
        }
        if (keyword.equals("COPY")) {
            own.forEach(this::requireEarlierStage);
        }
        String whole = line(keyword, own.stream().map(PendingFlag::text).toList(), arguments);
        Instruction instruction = parsed(text, whole);
        requireFrom(text, instruction);
        requireAsGiven(text, instruction, own, expected);
        List<String> checkedFlags =
                own.stream().map(flag -> flag.checked(keyword)).toList();
        evaluate(text, line(keyword, checkedFlags, checked == null ? arguments : checked));
        append(instruction, whole);
    }

    /** Writes an instruction as the caller has written it. */
    void writeSource(String given) {
        InstructionText text = text("instruction");
        text.text(given);
        if (!flags.isEmpty()) {
            throw text.refusal("the flag --" + flags.get(0).name() + " is not in the text", "write it into the text");
        }
        if (given.stripLeading().startsWith("#")) {
            throw text.refusal("the text begins with a comment", "call comment for it");
        }
        String whole = prefix + given.strip();
        Instruction instruction = parsed(text, whole);
        InstructionText named = text(withoutTriggers(instruction).keyword());
        requireFrom(named, instruction);
        if (whole.indexOf('$') < 0) {
            evaluate(named, whole);
        }
        append(instruction, whole);
    }

    private String line(String keyword, List<String> flagTexts, String arguments) {
        String before = flagTexts.stream().map(flag -> " " + flag).collect(Collectors.joining());
        return prefix + keyword + before + (arguments.isEmpty() ? "" : " " + arguments);
    }

    /** {@return the only instruction of the text, which must not continue in the next line} */
    private Instruction parsed(InstructionText text, String whole) {
        KubefileParseResult result =
                Kubefile.parseLenient("# escape=" + escape + "\nFROM scratch\n" + whole + "\n" + NEXT);
        if (!result.problems().isEmpty()) {
            throw text.refusal(result.problems().get(0));
        }
        List<Instruction> all = result.kubefile().instructions();
        if (all.size() != 3 || !all.get(2).toString().equals(NEXT)) {
            throw text.refusal(
                    "the text is not one whole instruction",
                    "remove line breaks, and a " + escape + " at the end of a line");
        }
        if (!KubefileParser.hasWholeHeredocs(withoutTriggers(all.get(1)))) {
            throw text.refusal("the text begins a heredoc that has no end", "use the method for heredocs");
        }
        return all.get(1);
    }

    private void requireFrom(InstructionText text, Instruction instruction) {
        if (stages == 0 && !(instruction instanceof FromInstruction) && !(instruction instanceof ArgInstruction)) {
            throw text.refusal("an instruction stands before FROM", "only ARG may; call from first");
        }
    }

    private void requireEarlierStage(PendingFlag flag) {
        OptionalInt index = flag.name().equals("from") ? NeededStages.index(flag.value()) : OptionalInt.empty();
        if (index.isPresent() && index.getAsInt() >= stages - 1 && prefix.isEmpty()) {
            throw text("COPY")
                    .refusal(
                            "--from=" + flag.value() + " names no earlier stage",
                            "name a stage that stands before this one");
        }
    }

    private static void requireAsGiven(
            InstructionText text, Instruction parsed, List<PendingFlag> given, @Nullable List<String> expected) {
        Instruction instruction = withoutTriggers(parsed);
        List<String> wanted = given.stream()
                .map(flag -> "--" + flag.name() + "=" + flag.value())
                .toList();
        if (!instruction.flags().stream().map(Flag::text).toList().equals(wanted)) {
            throw text.refusal("the text begins with --, so it is read as a flag", "put another word before it");
        }
        if (expected == null) {
            return;
        }
        if (instruction.isJson()) {
            throw text.refusal("the text is read as a JSON array", "use the method for the JSON form");
        }
        if (!instruction.arguments().stream().map(Argument::text).toList().equals(expected)) {
            throw text.refusal("the text has white space that is not read as given", "remove the white space");
        }
    }

    private static Instruction withoutTriggers(Instruction instruction) {
        return instruction instanceof OnbuildInstruction onbuild
                ? onbuild.trigger().map(InstructionWriter::withoutTriggers).orElse(instruction)
                : instruction;
    }

    private void evaluate(InstructionText text, String whole) {
        String before = "# escape=" + escape + "\n" + (whole.startsWith("FROM ") ? "" : "FROM scratch\n");
        try {
            Kubefile.parse(before + whole).evaluate(BuildOptions.defaults());
        } catch (KubefileEvaluationException e) {
            throw text.refusal(e.problems().get(0));
        }
    }

    private void append(Instruction instruction, String whole) {
        stages += instruction instanceof FromInstruction ? 1 : 0;
        begun = true;
        append(whole);
    }

    private void append(String text) {
        source.append(text).append('\n');
        line += 1 + (int) text.chars().filter(c -> c == '\n').count();
    }

    /** {@return the text of all instructions, of which at least one is FROM} */
    String source() {
        if (!flags.isEmpty()) {
            throw text("flag")
                    .refusal(
                            "no instruction follows the flag --" + flags.get(0).name(),
                            "call flag before the method of its instruction");
        }
        if (stages == 0) {
            throw text("build").refusal("the Kubefile has no FROM", "call from, such as from(\"scratch\")");
        }
        return source.toString();
    }
}
