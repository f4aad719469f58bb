package io.sealos.kubefile;

import io.sealos.kubefile.internal.source.LogicalLine;
import io.sealos.kubefile.internal.source.SourceBytes;
import io.sealos.kubefile.internal.source.Whitespace;
import io.sealos.kubefile.internal.words.FlagReader;
import io.sealos.kubefile.internal.words.JsonStrings;
import io.sealos.kubefile.internal.words.SourceWord;
import io.sealos.kubefile.internal.words.WordSplitter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parses a logical line into an instruction: keyword, flags, and arguments according to the keyword. */
final class LineParser {
    private static final int NESTING_LIMIT = 16;
    private static final int MOST_ARGUMENTS = 100_000;

    private final LogicalLine line;
    private final String text;
    private final char escape;
    private final Problems problems;

    LineParser(LogicalLine line, char escape, Problems problems) {
        String whole = line.text();
        this.line = line;
        this.text = whole.substring(0, Whitespace.skipSpaceBack(whole, 0, whole.length()));
        this.escape = escape;
        this.problems = problems;
    }

    Instruction parse() {
        return parse(Whitespace.skipSpace(text, 0, text.length()), 0);
    }

    private Instruction parse(int from, int nesting) {
        int end = Whitespace.endOfWord(text, from, text.length());
        Argument written = argument(from, end);
        String keyword = Keywords.canonical(written.text());
        // buildah accepts any keyword after ONBUILD.
        if (!Keywords.isKnown(keyword) && nesting == 0) {
            Keywords.report(written, problems);
        }
        FlagReader flags = new FlagReader(text, Whitespace.skipSeparators(text, end, text.length()));
        int start = Whitespace.skipSpace(text, flags.read(), text.length());
        Arguments arguments = limited(arguments(keyword, start), written);
        return Keywords.instruction(new InstructionParts(
                keyword,
                written,
                range(from, text.length()),
                flags(flags.flags()),
                arguments.list(),
                arguments.json(),
                List.of(),
                keyword.equals("ONBUILD") ? trigger(start, nesting) : null));
    }

    private record Arguments(List<Argument> list, boolean json) {}

    private Arguments limited(Arguments arguments, Argument keyword) {
        if (arguments.list().size() <= MOST_ARGUMENTS) {
            return arguments;
        }
        problems.add(
                keyword.range(),
                "the instruction has more than " + MOST_ARGUMENTS + " arguments",
                "Split it, or copy directories instead of single files.");
        return new Arguments(List.of(), false);
    }

    private Arguments arguments(String keyword, int start) {
        if (start == text.length()) {
            return new Arguments(List.of(), false);
        }
        return switch (keyword) {
            case "ENV", "LABEL" -> new Arguments(pairs(keyword, start), false);
            case "ARG" -> new Arguments(words(start), false);
            case "FROM", "EXPOSE" -> new Arguments(fields(start), false);
            case "COPY", "ADD", "VOLUME" -> jsonOr(start, fields(start));
            case "CMD", "ENTRYPOINT", "RUN", "SHELL" -> jsonOr(start, whole(start));
            case "HEALTHCHECK" -> healthcheck(start);
            default -> new Arguments(whole(start), false);
        };
    }

    private @Nullable Instruction trigger(int start, int nesting) {
        if (start == text.length()) {
            return null;
        }
        if (nesting == NESTING_LIMIT) {
            problems.add(
                    argument(start, text.length()).range(),
                    "ONBUILD is nested too deeply",
                    "Remove it: an OCI image has no place for ONBUILD.");
            return null;
        }
        return parse(start, nesting + 1);
    }

    private List<Argument> whole(int start) {
        return List.of(argument(start, text.length()));
    }

    private List<Argument> fields(int start) {
        List<Argument> fields = new ArrayList<>();
        for (int at = start; at < text.length(); ) {
            int end = Whitespace.endOfWord(text, at, text.length());
            fields.add(argument(at, end));
            at = Whitespace.skipSeparators(text, end, text.length());
        }
        return List.copyOf(fields);
    }

    private List<Argument> words(int start) {
        List<Argument> words = new ArrayList<>();
        for (SourceWord word : new WordSplitter(text, start, escape).split()) {
            words.add(argument(word));
        }
        return List.copyOf(words);
    }

    private List<Argument> pairs(String keyword, int start) {
        List<SourceWord> words = new WordSplitter(text, start, escape).split();
        if (!words.isEmpty() && !words.get(0).text().contains("=")) {
            return oldForm(keyword, start);
        }
        List<Argument> pairs = new ArrayList<>();
        words.forEach(word -> addPair(keyword, word, pairs));
        return List.copyOf(pairs);
    }

    private void addPair(String keyword, SourceWord word, List<Argument> pairs) {
        int equals = word.text().indexOf('=');
        if (equals < 0) {
            problems.add(
                    range(word.start(), word.end()),
                    keyword + " has no = in \"" + SourceBytes.readable(word.text()) + "\"",
                    "Write key=value, and quote a value with spaces: key=\"a b\".");
            return;
        }
        int middle = word.start() + equals;
        pairs.add(new Argument(word.text().substring(0, equals), range(word.start(), middle)));
        pairs.add(new Argument(word.text().substring(equals + 1), range(middle + 1, word.end())));
    }

    private List<Argument> oldForm(String keyword, int start) {
        int end = Whitespace.endOfWord(text, start, text.length());
        int value = Whitespace.skipSeparators(text, end, text.length());
        if (end == text.length()) {
            String name = SourceBytes.readable(text.substring(start, end));
            problems.add(range(start, end), keyword + " has a key without a value", "Write " + name + "=value.");
            return List.of();
        }
        return List.of(argument(start, end), argument(value, text.length()));
    }

    private Arguments jsonOr(int start, List<Argument> otherwise) {
        JsonStrings json = new JsonStrings(text, start);
        JsonStrings.Result result = json.read();
        if (result == JsonStrings.Result.OTHER_VALUES) {
            problems.add(
                    range(start, text.length()),
                    "a JSON array of arguments may hold strings only",
                    "Quote each element: [\"a\", \"1\"].");
        }
        return result == JsonStrings.Result.STRINGS
                ? new Arguments(json.strings().stream().map(this::argument).toList(), true)
                : new Arguments(otherwise, false);
    }

    private Arguments healthcheck(int start) {
        int end = Whitespace.endOfWord(text, start, text.length());
        int rest = Whitespace.skipSpace(text, end, text.length());
        List<Argument> arguments = new ArrayList<>(List.of(argument(start, end)));
        if (rest == text.length()) {
            return new Arguments(List.copyOf(arguments), false);
        }
        Arguments command = jsonOr(rest, whole(rest));
        arguments.addAll(command.list());
        return new Arguments(List.copyOf(arguments), command.json());
    }

    private List<Flag> flags(List<SourceWord> words) {
        return words.stream()
                .map(word -> new Flag(word.text(), range(word.start(), word.end())))
                .toList();
    }

    private Argument argument(SourceWord word) {
        return new Argument(word.text(), range(word.start(), word.end()));
    }

    private Argument argument(int from, int to) {
        return new Argument(text.substring(from, to), range(from, to));
    }

    private SourceRange range(int from, int to) {
        int start = line.offset(from);
        return new SourceRange(line.source(), start, to <= from ? start : line.offset(to - 1) + 1);
    }
}
