package io.sealos.kubefile;

import io.sealos.kubefile.internal.source.LogicalLine;
import io.sealos.kubefile.internal.source.SourceBytes;
import io.sealos.kubefile.internal.source.SourceText;
import io.sealos.kubefile.internal.source.Whitespace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses a source line by line: directives, comments, continuation lines and heredocs. Each logical line is an
 * instruction.
 */
final class KubefileParser {
    private static final Pattern ESCAPE_DIRECTIVE =
            Pattern.compile("#[ \\t]*+escape[ \\t]*+=[ \\t]*(.)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern HEREDOC = Pattern.compile("(\\d*+)<<(-?)(['\"\\\\]?)([^<'\"\\s]++)(['\"]?)");
    private static final int SOURCE_LIMIT = 64 << 20;
    private static final int MOST_INSTRUCTIONS = 100_000;
    private static final int MOST_ARGUMENTS = 500_000;
    private static final int MOST_HEREDOCS = 100;
    private static final int INSTRUCTION_LIMIT = 2 << 20;

    private final SourceText source;
    private final String text;
    private final Problems problems;
    private final List<Instruction> instructions = new ArrayList<>();
    private final Map<String, Integer> lastLines = new HashMap<>();
    private char escape = '\\';
    private boolean escapeSeen;
    private boolean directivesOver;
    private int arguments;
    private int next;
    private int start;
    private int end;

    KubefileParser(SourceText source, Problems problems) {
        this.source = source;
        this.text = source.text();
        this.problems = problems;
    }

    List<Instruction> parse() {
        if (text.length() > SOURCE_LIMIT) {
            problems.add(
                    new SourceRange(source, 0, 0),
                    "the Kubefile is longer than " + SOURCE_LIMIT + " characters",
                    "Put what it carries into files, and COPY them.");
            return List.of();
        }
        next = text.startsWith("\uFEFF") ? 1 : 0;
        while (nextLine()) {
            readInstruction();
        }
        return List.copyOf(instructions);
    }

    /**
     * Adds an instruction. If there are too many instructions or arguments, parsing ends; if there are too many
     * problems, instructions are dropped and problems are only counted.
     */
    private void keep(Instruction instruction) {
        if (problems.areTooMany()) {
            return;
        }
        arguments += instruction.arguments().size();
        if (instructions.size() == MOST_INSTRUCTIONS || arguments > MOST_ARGUMENTS) {
            problems.add(
                    instruction.range(),
                    "the Kubefile has more than " + MOST_INSTRUCTIONS + " instructions or " + MOST_ARGUMENTS
                            + " arguments",
                    "Copy directories instead of single files, and put settings into files.");
            next = text.length();
        } else {
            instructions.add(instruction);
        }
    }

    private boolean nextLine() {
        if (next >= text.length()) {
            return false;
        }
        start = next;
        int newline = text.indexOf('\n', start);
        end = newline < 0 ? text.length() : newline;
        next = newline < 0 ? end : newline + 1;
        end -= end > start && text.charAt(end - 1) == '\r' ? 1 : 0;
        return true;
    }

    private void readInstruction() {
        int first = Whitespace.skipSpace(text, start, end);
        readDirective(first);
        boolean comment = isComment(first);
        int content = comment ? -1 : continuation(first);
        if (comment || (content < 0 && first == end)) {
            return;
        }
        LogicalLine line = new LogicalLine(source);
        line.append(first, content < 0 ? end : content);
        if (content >= 0) {
            readContinuations(line);
        }
        add(line);
    }

    private void readContinuations(LogicalLine line) {
        while (nextLine()) {
            int first = Whitespace.skipSpace(text, start, end);
            if (first == end || isComment(first)) {
                continue;
            }
            int content = continuation(start);
            line.append(start, content < 0 ? end : content);
            if (content < 0) {
                return;
            }
        }
    }

    private boolean isComment(int first) {
        return first < end && text.charAt(first) == '#';
    }

    /** {@return the index of the escape character that continues this line; -1 if the line is not continued} */
    private int continuation(int from) {
        int at = end;
        while (at > from && (text.charAt(at - 1) == ' ' || text.charAt(at - 1) == '\t')) {
            at--;
        }
        return at > from && text.charAt(at - 1) == escape ? at - 1 : -1;
    }

    private void readDirective(int first) {
        if (directivesOver) {
            return;
        }
        Matcher directive = ESCAPE_DIRECTIVE.matcher(text).region(first, end);
        if (!isComment(first) || !directive.lookingAt()) {
            directivesOver = true;
        } else if (escapeSeen) {
            problems.add(
                    new SourceRange(source, first, end),
                    "the escape directive may stand only once",
                    "Remove this line.");
        } else {
            escapeSeen = true;
            setEscape(directive.group(1), new SourceRange(source, directive.start(1), directive.end(1)));
        }
    }

    private void setEscape(String character, SourceRange range) {
        if (character.equals("\\") || character.equals("`")) {
            escape = character.charAt(0);
        } else {
            problems.add(
                    range,
                    "the escape character may not be '" + SourceBytes.readable(character) + "'",
                    "Write # escape=\\ or # escape=`.");
        }
    }

    private void add(LogicalLine line) {
        if (line.length() > INSTRUCTION_LIMIT) {
            problems.add(
                    new SourceRange(source, line.offset(0), line.offset(0) + 1),
                    "the instruction is longer than " + INSTRUCTION_LIMIT + " characters",
                    "Split it, or put what it carries into files and COPY them.");
            return;
        }
        Instruction instruction = new LineParser(line, escape, problems).parse();
        keep(takesHeredocs(instruction) ? withHeredocs(instruction) : instruction);
    }

    private static boolean takesHeredocs(Instruction instruction) {
        return !instruction.isJson()
                && (instruction instanceof CopyInstruction
                        || instruction instanceof AddInstruction
                        || instruction instanceof RunInstruction);
    }

    private Instruction withHeredocs(Instruction instruction) {
        List<Heredoc> heredocs = new ArrayList<>();
        markers(instruction)
                .forEach(marker -> readHeredoc(marker.group(4), !marker.group(2).isEmpty(), heredocs));
        InstructionParts parts = instruction.parts;
        SourceRange whole = new SourceRange(source, instruction.range().startOffset(), end);
        return heredocs.isEmpty() ? instruction : Keywords.instruction(parts.withRange(whole, List.copyOf(heredocs)));
    }

    /** {@return the words that begin a heredoc} */
    private static List<MatchResult> markers(Instruction instruction) {
        List<MatchResult> markers = new ArrayList<>();
        for (Argument argument : instruction.arguments()) {
            if (!argument.text().contains("<<")) {
                continue;
            }
            for (String word : argument.text().split("[ \\t]+", -1)) {
                Matcher marker = HEREDOC.matcher(word);
                if (marker.matches()) {
                    markers.add(marker.toMatchResult());
                }
            }
        }
        return markers;
    }

    /** {@return whether each heredoc that the instruction begins has an end} */
    static boolean hasWholeHeredocs(Instruction instruction) {
        return !takesHeredocs(instruction)
                || markers(instruction).size() == instruction.heredocs().size();
    }

    /** {@return whether a line is a directive if it is at the start of a file} */
    static boolean isDirective(String line) {
        return ESCAPE_DIRECTIVE.matcher(line.strip()).lookingAt();
    }

    // Without a line that ends it there is no heredoc, and the following lines are instructions.
    private void readHeredoc(String name, boolean tabs, List<Heredoc> heredocs) {
        int body = next;
        if (lastLine(name, tabs) < body) {
            return;
        }
        int[] back = {next, start, end};
        while (nextLine()) {
            if (line(tabs).equals(name)) {
                heredocs.add(new Heredoc(name, new SourceRange(source, body, start)));
                return;
            }
        }
        next = back[0];
        start = back[1];
        end = back[2];
    }

    private String line(boolean withoutTabs) {
        int first = start;
        while (withoutTabs && first < end && text.charAt(first) == '\t') {
            first++;
        }
        return text.substring(first, end);
    }

    /**
     * {@return the start of the last line that consists of this word; -1 if there is none, or if 100 other words have
     * been searched for}
     */
    private int lastLine(String name, boolean withoutTabs) {
        Integer known = lastLines.get(withoutTabs + name);
        if (known != null || lastLines.size() == MOST_HEREDOCS) {
            return known == null ? -1 : known;
        }
        int last = -1;
        int[] back = {next, start, end};
        while (nextLine()) {
            last = line(withoutTabs).equals(name) ? start : last;
        }
        next = back[0];
        start = back[1];
        end = back[2];
        lastLines.put(withoutTabs + name, last);
        return last;
    }
}
