package io.sealos.kubefile;

import io.sealos.kubefile.internal.source.SourceBytes;
import io.sealos.kubefile.internal.source.SourceText;
import io.sealos.kubefile.internal.words.Quoting;
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
 * A Kubefile, the Dockerfile from which sealos builds a cluster image, with the syntax of buildah 1.30.
 *
 * <p>Parsing preserves the whole text: {@link #toSource()} returns the text that was parsed, and {@link #writeTo}
 * writes its bytes, including those that are not UTF-8. An edit returns a new Kubefile, whose other text is unchanged.
 * It throws an {@link IllegalArgumentException} for an instruction, pair or range of another Kubefile. Immutable and
 * thread-safe.
 *
 * @since 0.1.0
 */
public final class Kubefile implements Serializable {
    private static final long serialVersionUID = 1L;

    private final transient List<SourceText> sources;
    private final transient List<Instruction> instructions;

    private Kubefile(List<SourceText> sources, List<Instruction> instructions) {
        this.sources = List.copyOf(sources);
        this.instructions = List.copyOf(instructions);
    }

    /**
     * Parses a text.
     *
     * @param source the whole text, at most 67,108,864 characters
     * @return the Kubefile
     * @throws KubefileParseException with all problems, if the text is not a valid Kubefile
     */
    public static Kubefile parse(String source) {
        return parseLenient(Objects.requireNonNull(source, "source")).orThrow();
    }

    /**
     * Parses bytes. Bytes that are not valid UTF-8 are kept for {@link #writeTo}.
     *
     * @param source the whole text in UTF-8, at most 67,108,864 characters
     * @return the Kubefile
     * @throws KubefileParseException with all problems, if the text is not a valid Kubefile
     */
    public static Kubefile parse(byte[] source) {
        return parse(SourceBytes.decode(Objects.requireNonNull(source, "source")));
    }

    /**
     * Parses a file. All ranges carry the name of the file.
     *
     * @param file a file of at most 16 MiB
     * @return the Kubefile
     * @throws KubefileParseException with all problems, if the text is not a valid Kubefile
     * @throws IOException if the file is larger or cannot be read
     */
    public static Kubefile parse(Path file) throws IOException {
        return join(List.of(Objects.requireNonNull(file, "file")));
    }

    /**
     * Parses a text that may have errors, such as the text in an editor.
     *
     * @param source the whole text; if it has more than 67,108,864 characters, the result is a Kubefile without
     *     instructions and a problem
     * @return the Kubefile, including instructions with errors, and the problems
     */
    public static KubefileParseResult parseLenient(String source) {
        return parse(List.of(new SourceText(Objects.requireNonNull(source, "source"), null)));
    }

    /**
     * Parses several build files and joins their instructions, as sealos does. Each file has its own {@code escape}
     * directive.
     *
     * @param files the files in the order in which they are joined, each at most 16 MiB
     * @return the Kubefile
     * @throws KubefileParseException with the problems of all files, if one is not a valid Kubefile
     * @throws IOException if a file is larger or cannot be read
     */
    public static Kubefile join(List<Path> files) throws IOException {
        return parse(BuildFiles.read(files, Path::toString)).orThrow();
    }

    /** {@return a builder that writes a Kubefile instruction by instruction} */
    public static KubefileBuilder builder() {
        return new KubefileBuilder();
    }

    static KubefileParseResult parse(List<SourceText> sources) {
        List<Instruction> instructions = new ArrayList<>();
        List<KubefileProblem> problems = new ArrayList<>();
        for (SourceText source : sources) {
            Problems found = new Problems();
            instructions.addAll(new KubefileParser(source, found).parse());
            problems.addAll(found.sorted());
        }
        return new KubefileParseResult(new Kubefile(sources, instructions), problems);
    }

    /** {@return the text that was parsed; for joined files, their texts one after the other} */
    public String toSource() {
        return sources.stream().map(SourceText::text).collect(Collectors.joining());
    }

    /**
     * Writes the text, byte for byte as it was parsed.
     *
     * @param out the stream to write to; it is not closed
     * @throws IOException if writing fails
     */
    public void writeTo(OutputStream out) throws IOException {
        for (SourceText source : sources) {
            out.write(SourceBytes.encode(source.text()));
        }
    }

    List<SourceText> sources() {
        return sources;
    }

    /** {@return the start of the text, at which problems about something missing are reported} */
    SourceRange whole() {
        SourceText source = sources.isEmpty() ? new SourceText("", null) : sources.get(0);
        return new SourceRange(source, 0, 0);
    }

    /** {@return all instructions, in the order of the text} */
    public List<Instruction> instructions() {
        return instructions;
    }

    /**
     * {@return all instructions of a type, in the order of the text} Those of ONBUILD are not included.
     *
     * @param type the type, such as {@code EnvInstruction.class}
     * @param <T> the type
     */
    public <T extends Instruction> List<T> find(Class<T> type) {
        return instructions.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /**
     * Sets a variable of ENV in the last stage. The last value of the variable is replaced in its place. If there is
     * none, an ENV is added after the last ENV of the stage, or after FROM. A name that contains variables is not
     * compared.
     *
     * @param key the name; not one that sealos sets itself ({@link SealosEnv#isSetBySealos})
     * @param value the exact value; it is quoted if necessary
     * @return the edited Kubefile
     * @throws InvalidInstructionException if the name or value cannot be written, or if there is no FROM
     */
    public Kubefile withEnv(String key, String value) {
        return new KubefileEdits(this).withEnv(key, value);
    }

    /**
     * Sets a label of the last stage, like {@link #withEnv}.
     *
     * @param key the key
     * @param value the exact value; it is quoted if necessary
     * @return the edited Kubefile
     * @throws InvalidInstructionException if the key or value cannot be written, or if there is no FROM
     */
    public Kubefile withLabel(String key, String value) {
        return new KubefileEdits(this).withLabel(key, value);
    }

    /**
     * Sets the default of a build argument wherever ARG gives one before the first FROM or in the last stage. If ARG
     * only declares the argument, its first declaration gets the default. If there is none, an ARG is added after the
     * last ARG of the last stage, or after FROM.
     *
     * @param name the name
     * @param defaultValue the exact default value; it is quoted if necessary
     * @return the edited Kubefile
     * @throws InvalidInstructionException if the name or value cannot be written, or if there is no FROM to add it to
     */
    public Kubefile withArg(String name, String defaultValue) {
        return new KubefileEdits(this).withArg(name, defaultValue);
    }

    /**
     * Sets the base of the last stage. Its flags and name are kept. If there is no FROM, one is added.
     *
     * @param base an image, the name of an earlier stage or {@code scratch}; variables in it are expanded
     * @return the edited Kubefile
     * @throws InvalidInstructionException if the base cannot be written
     */
    public Kubefile withFrom(String base) {
        return new KubefileEdits(this).withFrom(base);
    }

    /**
     * Evaluates the stages, variables and configuration as buildah does. The context directory is not read.
     *
     * @param options the build arguments, labels and variables of the caller, the platform and the target stage
     * @return the evaluation
     * @throws KubefileEvaluationException with all problems, if buildah would refuse the Kubefile regardless of the
     *     files in the context
     */
    public KubefileEvaluation evaluate(BuildOptions options) {
        return new Evaluator(this, options).evaluate();
    }

    /**
     * Replaces an instruction.
     *
     * @param old an instruction of this Kubefile
     * @param text one or more whole lines, without a line terminator at the end
     * @return the edited Kubefile
     * @throws KubefileParseException if the result is not a valid Kubefile
     */
    public Kubefile replace(Instruction old, String text) {
        return edit(old.range(), text);
    }

    /**
     * Inserts lines before an instruction.
     *
     * @param instruction an instruction of this Kubefile
     * @param text one or more whole lines, without a line terminator at the end
     * @return the edited Kubefile
     * @throws KubefileParseException if the result is not a valid Kubefile
     */
    public Kubefile insertBefore(Instruction instruction, String text) {
        SourceRange range = instruction.range();
        return edit(
                new SourceRange(range.source(), range.startOffset(), range.startOffset()),
                text + range.source().lineEnd(range.startOffset()));
    }

    /**
     * Inserts lines after an instruction.
     *
     * @param instruction an instruction of this Kubefile
     * @param text one or more whole lines, without a line terminator at the end
     * @return the edited Kubefile
     * @throws KubefileParseException if the result is not a valid Kubefile
     */
    public Kubefile insertAfter(Instruction instruction, String text) {
        SourceRange range = instruction.range();
        return edit(
                new SourceRange(range.source(), range.endOffset(), range.endOffset()),
                range.source().lineEnd(range.endOffset()) + text);
    }

    /** Adds a line at the end of a Kubefile without instructions. */
    Kubefile append(String line) {
        SourceText source = sources.isEmpty() ? new SourceText("", null) : sources.get(sources.size() - 1);
        int end = source.text().length();
        boolean inLine = end > 0 && source.text().charAt(end - 1) != '\n';
        String lineEnd = source.lineEnd(end);
        String added = (inLine ? lineEnd : "") + line + lineEnd;
        List<SourceText> edited = new ArrayList<>(sources);
        if (!edited.isEmpty()) {
            edited.remove(edited.size() - 1);
        }
        edited.add(source.replace(end, end, added));
        return parse(edited).orThrow();
    }

    /**
     * Removes an instruction with its line terminator.
     *
     * @param instruction an instruction of this Kubefile
     * @return the edited Kubefile
     * @throws KubefileParseException if the result is not a valid Kubefile
     */
    public Kubefile remove(Instruction instruction) {
        SourceRange range = instruction.range();
        String text = range.source().text();
        int newline = text.indexOf('\n', range.endOffset());
        int end = newline < 0 ? text.length() : newline + 1;
        return edit(new SourceRange(range.source(), range.startOffset(), end), "");
    }

    /**
     * Sets the value of a variable of ENV or a label of LABEL.
     *
     * @param pair one of {@link EnvInstruction#variables()} or {@link LabelInstruction#labels()} of this Kubefile
     * @param value the exact value; it is quoted if necessary
     * @return the edited Kubefile
     * @throws InvalidInstructionException if the value has a line break, which the dialect cannot express here, or if a
     *     quote in the key is not closed
     */
    public Kubefile setValue(KeyValue pair, String value) {
        InstructionText text = new InstructionText(pair.key().range().toString(), true);
        // After an open quote in the key, a quote of the value would close it.
        if (Quoting.isOpen(pair.key().text())) {
            throw text.refusal(
                    "the key " + SourceBytes.readable(pair.key().text())
                            + " has a quote without its end, so no value can be set",
                    "replace the instruction");
        }
        return edit(pair.value().range(), text.value(value));
    }

    /**
     * Sets the commands of a CMD or ENTRYPOINT, in the JSON form.
     *
     * @param instruction a CMD or ENTRYPOINT of this Kubefile
     * @param commands the commands, each a shell command
     * @return the edited Kubefile
     */
    public Kubefile setCommands(Instruction instruction, List<String> commands) {
        return edit(instruction.range(), instruction.writtenKeyword().text() + " " + Quoting.json(commands));
    }

    /**
     * Replaces the text of a range.
     *
     * @param range a range of this Kubefile
     * @param text the text to put in its place
     * @return the edited Kubefile
     * @throws IllegalArgumentException if the range belongs to another Kubefile
     * @throws KubefileParseException if the result is not a valid Kubefile
     */
    public Kubefile edit(SourceRange range, String text) {
        return edit(Map.of(range, text));
    }

    /**
     * Replaces the texts of several ranges at once.
     *
     * @param edits the new texts by the ranges of this Kubefile that they replace, in any order
     * @return the edited Kubefile
     * @throws IllegalArgumentException if a range belongs to another Kubefile, or if two ranges overlap
     * @throws KubefileParseException if the result is not a valid Kubefile
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
            edited.set(
                    at,
                    edited.get(at)
                            .replace(range.startOffset(), range.endOffset(), Objects.requireNonNull(edits.get(range))));
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

    /** The serialized form: the texts, which are parsed again when it is deserialized. */
    @SuppressWarnings("ArrayRecordComponent") // List is not Serializable by its type, and nobody compares this
    private record Sources(SourceText[] texts) implements Serializable {
        private Object readResolve() {
            return parse(List.of(texts)).kubefile();
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Kubefile that && sources.equals(that.sources);
    }

    @Override
    public int hashCode() {
        return sources.hashCode();
    }

    @Override
    public String toString() {
        return toSource();
    }
}
