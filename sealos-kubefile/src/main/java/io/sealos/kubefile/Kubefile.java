package io.sealos.kubefile;

import io.sealos.internal.text.LimitedFile;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A Kubefile: the Dockerfile dialect that sealos builds cluster images from, as buildah 1.30 reads it.
 *
 * <p>Nothing is lost: {@link #toSource()} is the text that was parsed, {@link #writeTo} its bytes, also those that are
 * not UTF-8. Immutable; an edit gives a new Kubefile in which all other characters are the same.
 */
public final class Kubefile implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int LARGEST = 16 << 20;

    private final transient List<SourceText> sources;
    private final transient List<Instruction> instructions;

    private Kubefile(List<SourceText> sources, List<Instruction> instructions) {
        this.sources = List.copyOf(sources);
        this.instructions = List.copyOf(instructions);
    }

    /**
     * Parses a text.
     *
     * @throws KubefileParseException with all problems, if it is no Kubefile
     */
    public static Kubefile parse(String source) {
        return parseLenient(source).orThrow();
    }

    /**
     * Parses bytes; those that are not UTF-8 survive {@link #writeTo}.
     *
     * @throws KubefileParseException with all problems, if they are no Kubefile
     */
    public static Kubefile parse(byte[] source) {
        return parse(SourceBytes.decode(source));
    }

    /**
     * Parses a file of at most 16 MiB, whose name all ranges will carry.
     *
     * @throws KubefileParseException with all problems, if it is no Kubefile
     */
    public static Kubefile parse(Path file) throws IOException {
        return join(List.of(file));
    }

    /** Parses a text and gives tree and problems together, as editors need it. */
    public static KubefileParseResult parseLenient(String source) {
        return parse(List.of(new SourceText(source, null)));
    }

    /**
     * Parses several build files and joins them as sealos does: the instructions of one after those of the other, each
     * file with its own {@code escape} directive.
     *
     * @throws KubefileParseException with the problems of all files
     */
    public static Kubefile join(List<Path> files) throws IOException {
        List<SourceText> sources = new ArrayList<>();
        for (Path file : files) {
            sources.add(new SourceText(
                    SourceBytes.decode(
                            LimitedFile.read(file, LARGEST, "put what it carries into files, and COPY them")),
                    file.toString()));
        }
        return parse(sources).orThrow();
    }

    /** {@return a builder for programs, which quotes what needs it} */
    public static KubefileBuilder builder() {
        return new KubefileBuilder();
    }

    private static KubefileParseResult parse(List<SourceText> sources) {
        List<Instruction> instructions = new ArrayList<>();
        List<KubefileProblem> problems = new ArrayList<>();
        for (SourceText source : sources) {
            Problems found = new Problems();
            instructions.addAll(new KubefileParser(source, found).parse());
            problems.addAll(found.sorted());
        }
        return new KubefileParseResult(new Kubefile(sources, instructions), problems);
    }

    /** {@return the text, as parsed} */
    public String toSource() {
        return sources.stream().map(SourceText::text).collect(Collectors.joining());
    }

    /** Writes the text, byte for byte as parsed. The stream stays open. */
    public void writeTo(OutputStream out) throws IOException {
        for (SourceText source : sources) {
            out.write(SourceBytes.encode(source.text()));
        }
    }

    /** The place to blame for what is missing altogether. */
    SourceRange whole() {
        SourceText source = sources.isEmpty() ? new SourceText("", null) : sources.get(0);
        return source.range(0, 0);
    }

    /** {@return all instructions, in the order of the text} */
    public List<Instruction> instructions() {
        return instructions;
    }

    /**
     * Evaluates the file as buildah does: stages, variables, resulting configuration, what is copied.
     *
     * @throws KubefileEvaluationException with all problems, if buildah would refuse it whatever the context has
     */
    public KubefileEvaluation evaluate(BuildOptions options) {
        return new Evaluator(this, options).evaluate();
    }

    /**
     * Puts a text, one or more whole lines, where an instruction stands.
     *
     * @throws KubefileParseException if the result is no Kubefile
     */
    public Kubefile replace(Instruction old, String text) {
        return edit(old.range(), text);
    }

    /**
     * Puts a text, one or more whole lines, before an instruction.
     *
     * @throws KubefileParseException if the result is no Kubefile
     */
    public Kubefile insertBefore(Instruction instruction, String text) {
        SourceRange range = instruction.range();
        return edit(range.source().range(range.startOffset(), range.startOffset()), text + "\n");
    }

    /**
     * Puts a text, one or more whole lines, after an instruction.
     *
     * @throws KubefileParseException if the result is no Kubefile
     */
    public Kubefile insertAfter(Instruction instruction, String text) {
        SourceRange range = instruction.range();
        return edit(range.source().range(range.endOffset(), range.endOffset()), "\n" + text);
    }

    /** Takes an instruction out, with its line end. */
    public Kubefile remove(Instruction instruction) {
        SourceRange range = instruction.range();
        String text = range.source().text();
        int newline = text.indexOf('\n', range.endOffset());
        int end = newline < 0 ? text.length() : newline + 1;
        return edit(range.source().range(range.startOffset(), end), "");
    }

    /**
     * Sets the value of a variable or label that ENV or LABEL has, quoting what needs it.
     *
     * @param pair one of {@link EnvInstruction#variables()} or {@link LabelInstruction#labels()} of this Kubefile
     * @throws IllegalArgumentException if the value has a line break, which the dialect cannot write here, or the key a
     *     quote without its end
     */
    public Kubefile setValue(KeyValue pair, String value) {
        Quoting.requireClosed(pair.key());
        return edit(pair.value().range(), Quoting.valueForAnyEscape(value));
    }

    /** Sets the commands of a CMD or ENTRYPOINT, each one a shell command. */
    public Kubefile setCommands(Instruction instruction, List<String> commands) {
        return edit(instruction.range(), instruction.writtenKeyword().text() + " " + Quoting.json(commands));
    }

    /** Puts a text in the place of a range of this Kubefile; all other characters stay. */
    public Kubefile edit(SourceRange range, String text) {
        return edit(Map.of(range, text));
    }

    /**
     * Puts texts in the place of several ranges of this Kubefile at once.
     *
     * @throws IllegalArgumentException if a range is of another Kubefile, or two of them overlap
     * @throws KubefileParseException if the result is no Kubefile
     */
    public Kubefile edit(Map<SourceRange, String> edits) {
        List<SourceRange> lastFirst = edits.keySet().stream()
                .sorted(Comparator.comparing(SourceRange::startOffset).reversed())
                .toList();
        List<SourceText> edited = new ArrayList<>(sources);
        int[] editedFrom = sources.stream().mapToInt(it -> it.text().length()).toArray();
        for (SourceRange range : lastFirst) {
            int at = sources.indexOf(range.source());
            if (at < 0 || range.endOffset() > editedFrom[at]) {
                throw new IllegalArgumentException(
                        "the range " + range + (at < 0 ? " is of another Kubefile" : " overlaps another edit"));
            }
            edited.set(at, edited.get(at).replace(range, Objects.requireNonNull(edits.get(range))));
            editedFrom[at] = range.startOffset();
        }
        return parse(edited).orThrow();
    }

    private Object writeReplace() {
        return new Sources(sources.toArray(SourceText[]::new));
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("a Kubefile is written as its text");
    }

    /** All that a Kubefile is parsed from. */
    @SuppressWarnings("ArrayRecordComponent") // List is not Serializable by its type, and nobody compares this
    private record Sources(SourceText[] texts) implements Serializable {
        private Object readResolve() {
            return parse(List.of(texts)).kubefile();
        }
    }

    @Override
    public String toString() {
        return toSource();
    }
}
