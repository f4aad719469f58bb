package io.sealos.images.internal.template;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the lines of a template from which lines of its output were rendered. */
public final class TemplateLines {
    private static final int LONGEST = 4096;

    private record Line(int number, String text, List<String> literals, int literalLength) {}

    private final List<Line> lines = new ArrayList<>();
    private final Map<String, Integer> known = new HashMap<>();

    /** Splits a template into its lines. */
    public TemplateLines(String template) {
        int number = 1;
        for (String text : template.split("\n", -1)) {
            if (text.length() <= LONGEST) {
                List<String> literals = literals(text);
                int length = literals.stream().mapToInt(String::length).sum();
                lines.add(new Line(number, text, literals, length));
            }
            number++;
        }
    }

    /** {@return the texts around the actions of a line, without surrounding blanks} */
    private static List<String> literals(String line) {
        List<String> literals = new ArrayList<>();
        int at = 0;
        while (at < line.length()) {
            int open = line.indexOf("{{", at);
            literals.add(line.substring(at, open < 0 ? line.length() : open).strip());
            int close = open < 0 ? -1 : line.indexOf("}}", open);
            at = close < 0 ? line.length() : close + 2;
        }
        literals.removeIf(String::isEmpty);
        return literals;
    }

    /** {@return the line of the template from which a line was rendered, or 0 if none is similar} */
    public int lineOf(String rendered) {
        return known.computeIfAbsent(rendered.strip(), this::bestLine);
    }

    private int bestLine(String rendered) {
        int best = 0;
        int most = 0;
        for (Line line : lines) {
            if (line.literalLength() > most && isMadeFrom(rendered, line)) {
                best = line.number();
                most = line.literalLength();
            }
        }
        return best;
    }

    private static boolean isMadeFrom(String rendered, Line line) {
        int at = 0;
        for (String literal : line.literals()) {
            int found = rendered.indexOf(literal, at);
            if (found < 0) {
                return false;
            }
            at = found + literal.length();
        }
        return line.text().contains("{{") || rendered.length() == line.literalLength();
    }
}
