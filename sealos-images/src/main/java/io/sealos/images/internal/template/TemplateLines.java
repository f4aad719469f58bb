package io.sealos.images.internal.template;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lines of a template, found again by what they were rendered to. */
public final class TemplateLines {
    private static final int LONGEST = 4096;
    private static final Pattern VARIABLE = Pattern.compile("(?:^|[\\s(])\\$?\\.([A-Za-z_][A-Za-z0-9_]{0,200})");
    /** Words of an action that can do without a variable. */
    private static final Pattern OPTIONAL = Pattern.compile(
            "\\b(?:default|coalesce|or|ternary|if|else|with|range|end|empty|hasKey|get|dig|define|block)\\b");

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

    /** The text around the actions of a line, without the blanks at its ends. */
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

    /** The line of the template that a line was made from, or 0 if none is like it. */
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

    /**
     * The lines of images that were rendered with a variable that nothing sets, each with the variable's name.
     *
     * @param rendered what the template was rendered to
     * @param set the variables that have values
     */
    public Map<Integer, String> unset(String rendered, Set<String> set) {
        Set<Integer> made = new HashSet<>();
        rendered.lines().filter(it -> it.length() <= LONGEST).forEach(it -> made.add(lineOf(it)));
        Map<Integer, String> unset = new TreeMap<>();
        for (Line line : lines) {
            if (made.contains(line.number()) && namesImage(line.text())) {
                variables(line.text()).stream()
                        .filter(it -> !set.contains(it))
                        .findFirst()
                        .ifPresent(it -> unset.put(line.number(), it));
            }
        }
        return unset;
    }

    private static boolean namesImage(String line) {
        String key = line.substring(0, Math.max(0, line.indexOf(':'))).toLowerCase(Locale.ROOT);
        return key.contains("image") || key.endsWith("repository");
    }

    private static List<String> variables(String line) {
        List<String> names = new ArrayList<>();
        for (int open = line.indexOf("{{"); open >= 0; open = line.indexOf("{{", open + 2)) {
            int close = line.indexOf("}}", open);
            String action = line.substring(open + 2, close < 0 ? line.length() : close);
            Matcher variable = VARIABLE.matcher(action);
            while (!OPTIONAL.matcher(action).find() && variable.find()) {
                names.add(variable.group(1));
            }
        }
        return names;
    }
}
